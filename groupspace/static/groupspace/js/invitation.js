// An invitation link carries its code behind the #, which never reaches a server: put it in the form.
const field = document.querySelector("[data-gs-invitation] input[name=code]");
const code = decodeURIComponent(location.hash.slice(1));
if (field && code && !field.value) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
