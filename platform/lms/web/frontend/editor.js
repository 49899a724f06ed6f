// The code editor of the task page: CodeMirror 6 with Python, bundled into ../static/web/vendor/codemirror/editor.js.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

// Colours are the page's own tokens, so that one theme serves both colour schemes.
const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface-code)", height: "100%", fontSize: "var(--text-code)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: "1.55", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "var(--space-3) 0" },
  ".cm-line": { padding: "0 var(--space-3)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--selection)",
  },
  ".cm-gutters": { color: "var(--ink-soft)", backgroundColor: "var(--surface-code)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.75em", padding: "0 var(--space-2) 0 0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter": { backgroundColor: "var(--active-line)" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)", outline: "1px solid var(--line-strong)" },
});

// Chromium keeps the colour of typed-over text in a style attribute, which the page's security policy refuses loudly.
// So text typed over a selection is inserted here, before the browser does it.
const typeOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || empty || view.composing) return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, event.data, insert))) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/**
 * Put an editor into `parent`.
 *
 * `nonce` lets CodeMirror add its style element under the page's content security policy; `labels` are the
 * attributes of the text area itself; `onRun` and `onSubmit` answer Ctrl+Enter and Ctrl+Shift+Enter.
 */
export function createEditor({ parent, source, nonce, labels, onRun, onSubmit, onChange }) {
  const command = (action) => () => (action(), true);
  const extensions = [
    Prec.highest(
      keymap.of([
        { key: "Mod-Enter", run: command(onRun) },
        { key: "Mod-Shift-Enter", run: command(onSubmit) },
      ]),
    ),
    EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of(labels),
    EditorView.updateListener.of((update) => update.docChanged && onChange()),
    typeOverSelection,
    theme,
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    python(),
    syntaxHighlighting(classHighlighter),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
  ];
  const fresh = (doc) => EditorState.create({ doc, extensions });
  const view = new EditorView({ state: fresh(source), parent });
  return {
    source: () => view.state.doc.toString(),
    /** Replace the text as one change that can be undone by itself. */
    replace: (text) =>
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: isolateHistory.of("full"),
      }),
    /** Start over with another text and no history. */
    open: (text) => view.setState(fresh(text)),
    goToLine(number) {
      const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
      view.dispatch({
        selection: { anchor: line.from, head: line.to },
        effects: EditorView.scrollIntoView(line.from, { y: "center" }),
      });
      view.focus();
    },
    focus: () => view.focus(),
  };
}
