/** Within the shadow root: nothing of the page reaches in but `--santral-colour`, nothing of this reaches out. */
const CSS = `
:host{all:initial;display:block;color-scheme:light;--c:var(--santral-colour,#0b5cad)}
*{box-sizing:border-box;font:inherit;color:inherit}
.card{max-width:30rem;padding:1.25rem;border:1px solid #c9d1d9;border-radius:12px;background:#fff;color:#1b1f24;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1,h2{margin:0 0 .5rem;font-size:1.375rem;font-weight:700}
[tabindex]:focus{outline:0}
p{margin:0 0 .75rem}
form>div{margin:0 0 1rem}
label{display:block;font-weight:600}
label span,.hint{color:#57606a;font-weight:400;font-size:.875rem}
input,select,textarea{width:100%;min-height:2.75rem;margin-top:.25rem;padding:.5rem .75rem;border:1px solid #6e7781;border-radius:8px;background:#fff}
[aria-invalid=true]{border:2px solid #b3261e}
.check{display:flex;gap:.75rem}
.check input{flex:none;width:1.5rem;min-height:1.5rem;margin:0;accent-color:var(--c)}
.fault{margin:.375rem 0;color:#b3261e;font-weight:600}
.notice{padding:.75rem;background:#eef3f8}
button{min-height:3rem;width:100%;border:0;border-radius:8px;background:var(--c);color:#fff;font-weight:700;cursor:pointer}
.other{float:right;width:auto;margin:-.75rem -.5rem 0 0;background:0;color:var(--c)}
:focus-visible{outline:3px solid var(--c);outline-offset:2px}
.trap{position:absolute;left:-9999px}
`;

/** A style sheet that a strict content policy of the page lets through. */
export function dress(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
}
