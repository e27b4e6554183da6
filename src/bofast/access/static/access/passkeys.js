// Shows what needs passkeys where the browser has them, and says calmly when one was not used.
(function () {
  document.addEventListener('DOMContentLoaded', function () {
    if (!window.PublicKeyCredential) return
    document.querySelectorAll('[data-needs-passkeys]').forEach(function (part) { part.hidden = false })
    document.querySelectorAll('[data-without-passkeys]').forEach(function (part) { part.hidden = true })
  })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    document.querySelectorAll('[data-passkey-trouble] > *').forEach(function (note) { note.hidden = false })
  })
})()
