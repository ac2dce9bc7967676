// The empty page that the panel's script fills: no markup but this ever reaches the webview.

/** The document; `nonce` is fresh for each, `script` is the webview's own address of dist/panel.js. */
export function html(nonce: string, script: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SMTP Log Lens</title>
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
