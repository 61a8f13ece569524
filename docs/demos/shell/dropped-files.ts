import type { DroppedFile } from './reading.ts'

/** The files of a drop or of a file chooser, with their paths below what was dropped; nothing leaves the page. */
export async function readFolder(event: Event): Promise<readonly DroppedFile[]> {
  const entries = 'dataTransfer' in event ? droppedEntries((event as DragEvent).dataTransfer) : null
  if (entries !== null) return (await Promise.all(entries.map(entry => below(entry, '')))).flat()
  const chosen = Array.from((event.target as HTMLInputElement).files ?? [])
  return Promise.all(chosen.map(file => read(file, file.webkitRelativePath === '' ? file.name : file.webkitRelativePath)))
}

/** Entries have to be taken before the event ends. */
function droppedEntries(transfer: DataTransfer | null): FileSystemEntry[] {
  return Array.from(transfer?.items ?? []).flatMap(item => item.webkitGetAsEntry() ?? [])
}

async function below(entry: FileSystemEntry, folder: string): Promise<DroppedFile[]> {
  const path = folder === '' ? entry.name : `${folder}/${entry.name}`
  if (entry.isFile) return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)).then(file => read(file, path))]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: DroppedFile[] = []
  // A reader hands out its entries in portions; an empty one is the last.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0) return found
    for (const inside of portion) found.push(...(await below(inside, path)))
  }
}

async function read(file: File, path: string): Promise<DroppedFile> {
  return { path, bytes: new Uint8Array(await file.arrayBuffer()) }
}
