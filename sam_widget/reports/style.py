"""How a report's HTML looks: light and dark, on a screen and on paper. No content."""

# Within a notebook the page round it says which colors; alone, the reader's system does.
INK = """
.sam-report{
--ink:var(--jp-content-font-color1,light-dark(#1d2126,#e4e6e9));
--soft:var(--jp-content-font-color2,light-dark(#5c6570,#9aa3ae));
--line:var(--jp-border-color2,light-dark(#dfe3e8,#343a42));
--page:var(--jp-layout-color0,light-dark(#ffffff,#16191d));
--veil:var(--jp-layout-color2,light-dark(#f4f6f8,#1f242a));
color:var(--ink);background:var(--page);
font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
max-width:60rem;margin:0 auto;padding:2.5rem 1.5rem 4rem;box-sizing:border-box}
.sam-report *{box-sizing:border-box}
.sam-report h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem;
font-weight:650;letter-spacing:-.01em}
.sam-report h2{font-size:1.15rem;margin:2.4rem 0 .7rem;padding-top:1rem;font-weight:600;
border-top:1px solid var(--line)}
.sam-report p{margin:.5rem 0;max-width:46rem}
.sam-report .lead{color:var(--soft);font-size:1.05rem;margin:0 0 1.4rem}
.sam-report dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;
gap:.3rem 1.4rem;margin:.6rem 0}
.sam-report dt{color:var(--soft)}
.sam-report dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.sam-report .wide{overflow-x:auto;margin:.8rem 0}
.sam-report table{border-collapse:collapse;width:100%;font-size:.92rem;
font-variant-numeric:tabular-nums}
.sam-report th{color:var(--soft);font-weight:500;text-align:left;white-space:nowrap}
.sam-report th,.sam-report td{padding:.35rem .9rem .35rem 0;border-bottom:1px solid var(--line);
vertical-align:top;background:none;text-align:left}
.sam-report .number{text-align:right}
.sam-report tbody tr:hover{background:var(--veil)}
.sam-report .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));
gap:1.2rem;margin:1rem 0}
.sam-report figure{margin:0}
.sam-report .alone{max-width:46rem;margin:1rem 0}
.sam-report img{width:100%;height:auto;display:block;border-radius:6px;background:var(--veil)}
.sam-report figcaption{color:var(--soft);font-size:.86rem;margin-top:.4rem;overflow-wrap:anywhere}
.sam-report footer{margin-top:3rem;color:var(--soft);font-size:.86rem}
@media print{.sam-report{max-width:none;padding:0}
.sam-report figure,.sam-report tr{break-inside:avoid}}
"""
PAGE = """
:root{color-scheme:light dark}
body{margin:0;background:light-dark(#ffffff,#16191d)}
"""
