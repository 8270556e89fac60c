// What is live is asked for again when something changes, but not under somebody's hands: where a form in it is open or
// filled, or where it is to be kept while the focus is in it, a line says that something changed, and leads there.
(() => {
  const isFilled = (field) => {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
    return field.value !== field.defaultValue;
  };
  const hasFocus = (region) => region.dataset.live === "keep" && region.contains(document.activeElement);
  const isInUse = (region) =>
    region.querySelector("details.act[open], [data-open]") !== null ||
    [...region.querySelectorAll("input, textarea, select")].some(isFilled);

  const hold = (event) => {
    const region = event.detail.ctx?.sourceElement;
    if (!region?.hasAttribute?.("data-live") || !(isInUse(region) || hasFocus(region))) return;
    event.preventDefault();
    if (region.querySelector(":scope > .changed")) return;
    const line = document.createElement("p");
    line.className = "notice changed";
    line.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = region.getAttribute("hx-get");
    link.textContent = "show it";
    line.append("Something changed here: ", link, isInUse(region) ? ". What you have written is not sent yet." : ".");
    region.prepend(line);
  };
  // Before it is asked for, and again before it is put in place: somebody may have begun meanwhile.
  document.addEventListener("htmx:before:request", hold);
  document.addEventListener("htmx:before:swap", hold);
})();
