// Puts the editor in the place of one textarea. The library comes from its own address, so no import map is needed.
// Focus moves with `editor.view.focus()`, never with the library's command: that one waits for the next frame, and on a
// slow phone the keys that are pressed before that frame would go nowhere.

const EMPTY = /^(<p><\/p>)*$/;

/**
 * Load the library and let it take over `textarea`, with the text, the selection and the focus where they were.
 * `calm`: a function that waits for a moment at which the textarea may be taken away.
 */
export async function upgrade(textarea, calm) {
  const loadedValue = textarea.value;
  const lib = await import(textarea.dataset.gsEditorLibrary);
  await calm(); // from here to the end without a pause: no key comes in between

  const format = textarea.form.elements[`${textarea.name}-format`];
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const untouched = textarea.value === textarea.defaultValue && textarea.value === loadedValue;
  const rich = untouched && textarea.parentElement.querySelector("template[data-gs-editor-content]");
  const { selectionStart, selectionEnd } = textarea;
  const hadFocus = document.activeElement === textarea;

  const frame = document.createElement("div");
  frame.className = "gs-editor";
  frame.append(textarea.form.querySelector("template[data-gs-editor-tools]").content.cloneNode(true));
  textarea.before(frame);

  const attributes = { id: `${textarea.id}-editor`, role: "textbox", "aria-multiline": "true", class: "gs-editor__text" };
  if (label) attributes["aria-label"] = label.textContent.trim();
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }

  // What lies over the page: the head and the strip below. The host says how much.
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement);
  const covered = { top: parseFloat(scrollPaddingTop) || 5, bottom: parseFloat(scrollPaddingBottom) || 5, left: 5, right: 5 };

  const { Document, Paragraph, Text, HardBreak, Bold, Italic, BulletList, OrderedList, ListItem, Blockquote, Link, History } = lib;
  const editor = new lib.Editor({
    element: frame,
    injectCSS: false, // a style element would need to be trusted; ours is in the style sheet
    content: rich ? null : fromPlain(textarea.value),
    extensions: [
      Document, Paragraph, Text, HardBreak, Bold, Italic, BulletList, OrderedList, ListItem, Blockquote, History,
      Link.configure({ openOnClick: false, protocols: ["mailto"], HTMLAttributes: { target: null, rel: null, class: null } })
        .extend({ addMenuItems: null, addKeyboardShortcuts: () => ({}) }),
    ],
    editorProps: {
      attributes,
      scrollThreshold: covered,
      scrollMargin: covered,
      handleKeyDown(_view, event) {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return false;
        textarea.form.requestSubmit();
        event.preventDefault();
        return true;
      },
    },
    onUpdate() {
      const html = editor.getHTML();
      textarea.value = EMPTY.test(html) ? "" : html;
      format.value = "html";
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  if (rich) {
    // The browser has parsed it already: no string of HTML is ever handed to the page.
    const { content } = lib.pm.model.DOMParser.fromSchema(editor.schema).parse(rich.content);
    const filled = editor.state.tr.replaceWith(0, editor.state.doc.content.size, content);
    editor.view.dispatch(filled.setMeta("addToHistory", false).setMeta("preventUpdate", true));
    textarea.value = editor.getHTML();
    format.value = "html";
  }
  label?.addEventListener("click", () => editor.view.focus());
  tools(frame, editor);
  const { doc, tr } = editor.state;
  const place = (offset) => doc.resolve(rich ? doc.content.size : Math.min(offset + 1, doc.content.size));
  editor.view.dispatch(tr.setSelection(lib.pm.state.TextSelection.between(place(selectionStart), place(selectionEnd))));
  if (hadFocus) editor.view.focus();
  textarea.hidden = true; // only now: focus is never nowhere, and the keyboard of a phone stays
  if (hadFocus) {
    frame.scrollIntoView({ block: "nearest" });
    editor.commands.scrollIntoView();
  }
  frame.dataset.ready = "";
}

// One position in the document for each letter, so that the caret stays between the same two letters.
function fromPlain(text) {
  const paragraph = (part) => {
    const content = part.split("\n").flatMap((line, i) => [
      ...(i ? [{ type: "hardBreak" }] : []),
      ...(line ? [{ type: "text", text: line }] : []),
    ]);
    return content.length ? { type: "paragraph", content } : { type: "paragraph" };
  };
  return { type: "doc", content: text.split("\n\n").map(paragraph) };
}

function tools(frame, editor) {
  const bar = frame.querySelector("[role=toolbar]");
  const buttons = [...bar.querySelectorAll("button")];
  const show = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", editor.isActive(button.dataset.mark));
  };
  bar.setAttribute("aria-controls", editor.view.dom.id);
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // keep the selection
  bar.addEventListener("click", (event) => {
    const { command } = event.target.closest("button")?.dataset ?? {};
    if (!command) return;
    editor.view.focus();
    editor.commands[command]();
  });
  // One stop for the Tab key; arrows walk through the bar.
  buttons.forEach((button, i) => (button.tabIndex = i ? -1 : 0));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const from = buttons.indexOf(document.activeElement);
    const to = buttons[(from + step + buttons.length) % buttons.length];
    buttons[from].tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
    event.preventDefault();
  });
  editor.on("transaction", show);
  show();
  linkDialog(frame, editor);
}

function linkDialog(frame, editor) {
  const dialog = frame.querySelector("dialog");
  const input = dialog.querySelector("input");
  const error = dialog.querySelector("[role=alert]");
  const open = () => {
    input.value = editor.getAttributes("link").href ?? "";
    error.hidden = true;
    dialog.showModal();
    input.focus();
  };
  const close = () => {
    dialog.close();
    editor.view.focus();
  };
  const set = () => {
    const href = input.value.trim();
    error.hidden = /^(https?:\/\/\S+|mailto:\S+@\S+)$/i.test(href);
    if (!error.hidden) return;
    close();
    const chain = editor.chain().extendMarkRange("link");
    if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    } else {
      chain.setLink({ href }).run();
    }
  };
  frame.querySelector("[data-gs-editor-link]").addEventListener("click", open);
  dialog.querySelector("[data-gs-link-set]").addEventListener("click", set);
  dialog.querySelector("[data-gs-link-unset]").addEventListener("click", () => {
    close();
    editor.chain().extendMarkRange("link").unsetLink().run();
  });
  dialog.querySelector("[data-gs-link-cancel]").addEventListener("click", close);
  dialog.addEventListener("close", () => editor.view.focus()); // after Escape
  dialog.addEventListener("input", (event) => event.stopPropagation()); // no part of the draft
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    set();
  });
}
