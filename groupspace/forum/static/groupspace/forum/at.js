// Gets the list of names when somebody types the first @: most people never do.

const { gsNamesScript } = document.getElementById("gs-names").dataset;

document.addEventListener("input", async function first({ target, data }) {
  if (!data?.includes("@")) return;
  document.removeEventListener("input", first);
  (await import(gsNamesScript)).update(target);
});
