// Opens mail.log of the folder when no editor is open: the browser's address can name a folder only.
const { Uri, window, workspace } = require("vscode");

exports.activate = async () => {
  const folder = workspace.workspaceFolders?.[0];
  const editors = window.tabGroups.all.flatMap((group) => group.tabs);
  if (folder && editors.length === 0) {
    await window.showTextDocument(Uri.joinPath(folder.uri, "mail.log"), { preview: false });
  }
};
