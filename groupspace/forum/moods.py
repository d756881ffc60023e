"""The small sign beside each mood."""

from groupspace.forum.models import Post

# The last character of some says "as text, not as a coloured picture".
SIGNS = {
    Post.Mood.CALM.value: "☾\ufe0e",
    Post.Mood.GLAD.value: "☀\ufe0e",
    Post.Mood.SAD.value: "☂\ufe0e",
    Post.Mood.ANGRY.value: "⚡\ufe0e",
    Post.Mood.TENSE.value: "≋",
}
