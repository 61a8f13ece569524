/** An optional package, or undefined where it is not installed. */
export async function ifInstalled<module>(loading: Promise<module>): Promise<module | undefined> {
  return loading.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  })
}
