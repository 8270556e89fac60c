// What script adds to pages that work without it: they follow what others record, acts happen in place, sections become tabs, and
// the keyboard reaches everything. What somebody has begun to write is never taken from under their hands.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);

  // --- what is in use -------------------------------------------------------------------------------------------------
  const isFilled = (field) => {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
    return field.value !== field.defaultValue;
  };
  const isInUse = (region) =>
    one("details.act[open], [data-open]", region) !== null || all("input, textarea, select", region).some(isFilled);
  const hasFocus = (region) => region.dataset.live === "keep" && region.contains(document.activeElement);

  // --- following what changes -----------------------------------------------------------------------------------------
  const hold = (region) => {
    if (one(":scope > .changed", region)) return;
    const line = document.createElement("p");
    line.className = "notice changed";
    line.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = "show it";
    line.append("Something changed here: ", link, isInUse(region) ? ". What you have written is not sent yet." : ".");
    region.prepend(line);
  };
  // What each region was as it was sent: script changes it since.
  const sent = new WeakMap();
  const keep = (region) => sent.set(region, region.outerHTML);
  /// Puts the regions of a page that was fetched in the place of those shown. Those in use stay, unless they are to go; what
  /// tells of an act goes by acts alone.
  const put = (fetched, afterAct = false) => {
    for (const region of all("[data-live][id]")) {
      const fresh = fetched.getElementById(region.id);
      if (!fresh || (!afterAct && fresh.outerHTML === sent.get(region))) continue;
      if (!afterAct && region.dataset.live === "acts") continue;
      if (!afterAct && (isInUse(region) || hasFocus(region))) { hold(region); continue; }
      const opened = all("details[id][open]", region).map((details) => details.id);
      const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
      keep(fresh);
      region.replaceWith(fresh);
      if (!afterAct) opened.forEach((id) => { const details = document.getElementById(id); if (details) details.open = true; });
      window.htmx?.process(fresh);
      enhance(fresh);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
  };
  const get = async (address, how = {}) => {
    const answer = await fetch(address, { ...how, headers: { "HX-Request": "true" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { answer, page };
  };
  const here = () => one("[data-here]")?.dataset.here ?? location.pathname + location.search;
  let wanted = 0;
  const follow = async () => {
    const mine = ++wanted;
    try {
      const { answer, page } = await get(here());
      offline(false);
      if (answer.redirected && new URL(answer.url).pathname === "/sign-in") return location.assign(answer.url);
      if (answer.ok && mine === wanted) put(page);
    } catch { offline(true); }
  };
  document.addEventListener("changed", follow, true);
  // What is still being worked out is looked at again.
  setInterval(() => { if (one("[data-again]") && !document.hidden) follow(); }, 2500);

  // --- a bad line -----------------------------------------------------------------------------------------------------
  const since = new Date();
  const offline = (is) => {
    const bar = one("#offline");
    if (!is) return bar?.remove();
    if (bar) return;
    const note = document.createElement("p");
    note.id = "offline";
    note.className = "notice";
    note.setAttribute("role", "status");
    note.textContent = `No connection. This is how it stood at ${since.toTimeString().slice(0, 5)}; nothing can be recorded until you are back.`;
    one("main").prepend(note);
  };
  addEventListener("offline", () => offline(true));
  addEventListener("online", follow);

  // --- acts in place --------------------------------------------------------------------------------------------------
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest("[data-acts]") || form.method !== "post" || event.defaultPrevented) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const buttons = all("button", form);
    buttons.forEach((button) => (button.disabled = true));
    try {
      const { answer, page } = await get(form.action, { method: "POST", body });
      const region = form.closest("[data-live][id]");
      if (answer.redirected) {
        const to = new URL(answer.url);
        if (to.pathname !== location.pathname) return location.assign(answer.url);
        put(page, true);
        history.replaceState(null, "", location.pathname);
        one("#toast button")?.focus({ preventScroll: true });
        return;
      }
      const fresh = region && page.getElementById(region.id);
      if (!fresh) { document.open(); document.write(page.documentElement.outerHTML); document.close(); return; }
      keep(fresh);
      region.replaceWith(fresh);
      window.htmx?.process(fresh);
      enhance(fresh);
      (one("[aria-invalid=true], .warn button, .wrong", fresh) ?? one("details.act[open] input", fresh))?.focus();
    } catch {
      offline(true);
      buttons.forEach((button) => (button.disabled = false));
    }
  });

  // --- what is recorded can be taken back: the line stays while it is looked at ---------------------------------------
  const STAYS = 20;
  const toast = (line) => {
    let left = STAYS;
    const tick = setInterval(() => {
      if (!line.isConnected) return clearInterval(tick);
      if (line.matches(":hover, :focus-within")) return;
      if (--left <= 0) { clearInterval(tick); line.remove(); }
    }, 1000);
  };

  // --- sections as tabs -----------------------------------------------------------------------------------------------
  const tabs = (list) => {
    const buttons = all("button", list);
    const panes = buttons.map((tab) => document.getElementById(tab.dataset.pane));
    const show = (chosen) => {
      buttons.forEach((tab, nth) => {
        tab.setAttribute("aria-selected", nth === chosen);
        tab.tabIndex = nth === chosen ? 0 : -1;
        if (panes[nth]) panes[nth].hidden = nth !== chosen;
      });
    };
    list.hidden = false;
    list.setAttribute("role", "tablist");
    buttons.forEach((tab, nth) => {
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", tab.dataset.pane);
      panes[nth]?.setAttribute("role", "tabpanel");
      panes[nth]?.setAttribute("aria-label", tab.textContent.trim());
      tab.onclick = () => { chosenTab = nth; show(nth); };
      tab.onkeydown = (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = (nth + step + buttons.length) % buttons.length;
        show(next); chosenTab = next; buttons[next].focus();
      };
    });
    const named = panes.findIndex((pane) => pane && location.hash && (pane.id === location.hash.slice(1) || one(location.hash, pane)));
    show(Math.min(named >= 0 ? named : chosenTab, buttons.length - 1));
  };
  let chosenTab = 0;

  // --- fields ---------------------------------------------------------------------------------------------------------
  const local = (time) => {
    const at = new Date(time.dateTime);
    if (!isNaN(at)) time.textContent = at.toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  };
  const first = (form) => one("input:not([type=hidden]):not([type=radio]), textarea", form)?.focus({ preventScroll: true });
  const enhance = (within) => {
    all("[data-tabs]", within).forEach(tabs);
    all("#toast", within).forEach(toast);
    all("time[data-local]", within).forEach(local);
    all("button.script[hidden]", within).forEach((button) => (button.hidden = false));
    all("details.act", within).forEach((details) => details.addEventListener("toggle", () => { if (details.open) first(details); }));
  };

  // --- the keyboard ---------------------------------------------------------------------------------------------------
  // One that is open already is gone to, not closed.
  const goTo = (selector) => { const form = one(selector); if (!form) return; if (form.open) first(form); else one("summary", form).click(); };
  const press = (selector) => { const found = one(selector); if (!found) return false; found.focus(); found.click(); return true; };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (event.key === "Escape") {
      const open = event.target.closest?.("details[open]") ?? all("details.menu[open], details.act[open], details.fold[open]").pop();
      if (open) { open.open = false; one("summary", open)?.focus(); }
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      "/": () => { const field = one("input[type=search]"); if (field) field.focus(); else location.assign("/?find=#find"); },
      "?": () => one("#shortcuts")?.showModal(),
      n: () => press(".go > summary, button.go"),
      o: () => goTo("#act-offer"),
      m: () => press(".fold > summary"),
      g: () => location.assign("/guidance"),
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shortcuts]")) one("#shortcuts")?.showModal();
    all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  const begin = () => {
    all("[data-live][id]").forEach(keep);
    enhance(document);
    if (location.hash === "#find") one("input[type=search]")?.focus();
    one("form [aria-invalid=true]")?.focus();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin); else begin();
})();
