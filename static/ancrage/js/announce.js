/* What changed is said to whoever listens. */

export const announce = (words) => {
  const region = document.getElementById("annonces");
  if (!region || !words) return;
  region.textContent = "";
  window.setTimeout(() => { region.textContent = words; }, 120);
};
