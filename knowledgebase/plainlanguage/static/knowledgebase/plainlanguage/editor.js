// Reads along in the editor of the CMS: sends what stands in the form to our own rules, and shows what they say.
// The text is looked at while the panel is open, and sent once it has been the same for one look.

const LOOK = 600; // ms
const AGAIN = 5000; // ms after a question that got no answer
const RICH = "[data-draftail-editor-wrapper]";

// Fields that hold no sentences of ours. A block or panel says so itself with the attribute `data-kb-no-prose`.
const LEFT_OUT = [
  "[data-kb-no-prose]",
  "[data-controller~='w-tag']",
  "[data-controller~='w-slug']",
  "[data-controller~='w-action']",
  "[name='tags']",
  "[name='seo_title']",
  "[name$='address']",
  "[name='']",
  "dialog",
].join(",");
const NO_WORDS = /^[\d\s.,:/+-]*$/; // dates and numbers

const panel = document.querySelector("[data-kb-plain]");
const form = document.querySelector("[data-edit-form]");
if (panel && form) watch(panel, form);

function watch(panel, form) {
  const side = panel.closest("[data-side-panel]");
  const verdict = panel.querySelector("[data-kb-plain-verdict]");
  const findings = panel.querySelector("[data-kb-plain-findings]");
  let fields = [];
  let seen = "";
  let sent = "";

  const look = () => {
    if (side?.hidden || document.hidden) return;
    const now = collect(form);
    const body = JSON.stringify({ texts: now.map(({ place, words }) => ({ place, words })) });
    if (body === seen && body !== sent) {
      sent = body;
      ask(body, now);
    }
    seen = body;
  };

  const ask = async (body, now) => {
    let said;
    try {
      const response = await fetch(panel.dataset.url, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
          "X-Requested-With": "XMLHttpRequest",
        },
        body,
      });
      if (!response.ok) throw new Error(response.status);
      said = await response.json();
    } catch {
      said = { verdict: panel.dataset.lost, html: "" };
      setTimeout(() => {
        if (body === sent) sent = "";
      }, AGAIN);
    }
    if (body !== sent) return; // a later text is on its way
    fields = now.map(({ field }) => field);
    if (verdict.textContent !== said.verdict) verdict.textContent = said.verdict;
    verdict.dataset.level = said.level ?? "";
    findings.innerHTML = said.html;
  };

  panel.addEventListener("click", (event) => {
    const spot = event.target.closest("[data-kb-plain-go]");
    if (!spot) return;
    // On a narrow screen the panel covers the form.
    if (side?.offsetWidth > innerWidth * 0.8) document.querySelector("[data-form-side-close-button]")?.click();
    go(fields[spot.dataset.kbPlainGo]);
  });
  side?.addEventListener("show", () => setTimeout(look));
  setInterval(look, LOOK);
}

// Every text that readers will see, in the order of the form: [{place, words, field}].
function collect(form) {
  const gone = [...form.querySelectorAll("input[name$='-deleted'][value='1'], input[name$='-DELETE'][value='1']")].map(
    (input) => input.closest("[data-inline-panel-child]") ?? input.parentElement,
  );
  const found = [];
  for (const field of form.querySelectorAll(`textarea, input[type=text], ${RICH}`)) {
    if (field.closest(LEFT_OUT) || gone.some((part) => part.contains(field))) continue;
    const words = field.matches(RICH) ? richText(field.previousElementSibling?.value) : field.value;
    if (!NO_WORDS.test(words)) found.push({ place: placeOf(field), words, field });
  }
  return found;
}

// Draftail keeps its text as data: blocks, of which those with an embed hold no words of ours.
function richText(value) {
  try {
    return (JSON.parse(value)?.blocks ?? [])
      .filter(({ type }) => type !== "atomic")
      .map(({ text }) => text)
      .join("\n");
  } catch {
    return "";
  }
}

// What the writer calls this field: its label or the sort of block, and the part of the form it stands in.
function placeOf(field) {
  const input = field.matches(RICH) ? field.previousElementSibling : field;
  const label = input.labels?.[0] ?? document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
  const own = text(label ?? field.closest("[data-streamfield-child]")?.querySelector(".c-sf-block__type"));
  let part = field.closest("[data-panel]");
  while (part?.parentElement.closest("[data-panel]")) part = part.parentElement.closest("[data-panel]");
  const whole = text(part?.querySelector("[data-panel-heading-text]"));
  return whole && own && whole !== own ? `${own} (${whole})` : own || whole;
}

function text(element) {
  return element?.textContent.replace("*", "").trim() ?? "";
}

// Open what hides the field, and put the cursor in it.
function go(field) {
  if (!field?.isConnected) return;
  for (let part = field.closest("[data-panel]"); part; part = part.parentElement.closest("[data-panel]")) {
    const toggle = part.querySelector("[data-panel-toggle]");
    if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
  }
  const tab = field.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
  const box = field.matches(RICH) ? field.querySelector("[role=textbox]") : field;
  box?.scrollIntoView({ block: "center" });
  box?.focus({ preventScroll: true });
}
