/** Style sheet of the HTML report: one column, light and dark, phone and print. */
export const reportStyle: string = `
:root{color-scheme:light dark;
--page:light-dark(#f6f7f8,#0e1013);--dd-paper:light-dark(#fff,#14171b);--dd-ink:light-dark(#1b1f24,#e6e8eb);
--quiet:light-dark(#545c66,#a3abb5);--line:light-dark(#d9dde2,#2b3038);--link:light-dark(#2d32c8,#a9a2ff);
--warn:light-dark(#fff6e5,#2a2113);--warn-line:light-dark(#b86e00,#e0a33a)}
*{box-sizing:border-box}
html{font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--dd-ink);overflow-wrap:anywhere}
.skip{position:absolute;left:-100vw;padding:.5rem 1rem;background:var(--dd-paper)}
.skip:focus{left:.5rem;top:.5rem;z-index:1}
header,nav,main,footer{max-width:72rem;margin-inline:auto;padding-inline:clamp(.75rem,3vw,2rem)}
header{padding-block:clamp(1.5rem,5vw,3rem) .5rem}
h1{font-size:clamp(1.5rem,1.1rem + 2vw,2.25rem);line-height:1.2;margin:0;font-weight:650;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:1.2rem;line-height:1.3;margin:0;font-weight:620;display:inline}
p{margin:.6rem 0;max-width:70ch}
.subtitle{color:var(--quiet);font-size:1.05rem;margin:.4rem 0 0}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
.summary{display:flex;flex-wrap:wrap;gap:1px;margin:1.25rem 0 0;border:1px solid var(--line);border-radius:8px;overflow:hidden;background:var(--line)}
.summary div{flex:1 1 9.5rem;background:var(--dd-paper);padding:.7rem .9rem}
dt{color:var(--quiet);font-size:.85rem;line-height:1.35}
dd{margin:.15rem 0 0;font-size:1.15rem;font-weight:600;line-height:1.35;font-variant-numeric:tabular-nums}
.contents{padding-block:.75rem 0}
.contents ol{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0;list-style:none}
.contents a{display:inline-block;padding-block:.2rem}
.contents-name{color:var(--quiet);font-size:.85rem;font-weight:400;margin:.75rem 0 0;display:block}
.warnings{background:var(--warn);border:1px solid var(--line);border-left:4px solid var(--warn-line);border-radius:6px;padding:.75rem 1rem;margin-top:1rem}
.warnings ul{margin:.4rem 0 0;padding-left:1.2rem}
.part{background:var(--dd-paper);border:1px solid var(--line);border-radius:8px;margin-block:1rem;padding:0 clamp(.5rem,2.5vw,1.5rem)}
summary{cursor:pointer;padding-block:.85rem}
summary::marker{color:var(--quiet)}
details>.body{padding-bottom:1.25rem}
.table{overflow-x:auto;margin-block:1rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums lining-nums;font-size:.95rem;line-height:1.4}
th,td{padding:.4rem .9rem .4rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:normal}
th:first-child{overflow-wrap:anywhere;min-width:7rem}
thead th{color:var(--quiet);font-weight:600;font-size:.85rem;vertical-align:bottom}
tbody th{font-weight:500}
tbody tr:last-child>*{border-bottom:0}
.number{text-align:right;white-space:nowrap}
thead .number{white-space:normal}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));gap:1.5rem 2rem;margin-top:1rem}
figure{margin:0;min-width:0;max-width:40rem}
figure svg{display:block;width:100%;height:auto}
footer{padding-block:1rem 3rem;color:var(--quiet);font-size:.9rem}
@media print{:root{color-scheme:light;--page:#fff}html{font-size:10pt}.skip,.contents,.download{display:none}.part{border:0;padding:0}
summary{list-style:none}summary::-webkit-details-marker{display:none}details::details-content{display:block;content-visibility:visible}
figure,tr,.warnings,.summary{break-inside:avoid}h2{break-after:avoid}.table{overflow:visible}}
`.replaceAll('\n', '')
