"""What a post said before its author changed it."""

from __future__ import annotations

from groupspace.forum.models import Post, PostVersion


def keep_version(post: Post) -> None:
    """Keep the words of a post that is about to change. Call it with the post locked."""
    earlier = PostVersion.objects.filter(post=post).count()
    PostVersion.objects.create(post=post, number=earlier + 1, body=post.body, at=post.edited_at or post.created_at)
