"""A picture at its full size, on a page of the site: a bare file in the browser has no quick exit and no way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404, HttpResponse

if TYPE_CHECKING:
    from typing import Any

    from groupspace.storage.models import Upload
    from groupspace.views import SpaceView


class Album(NamedTuple):
    """The pictures among which one stands: the addresses of the one before and the one after, empty at the ends."""

    before: str = ""
    after: str = ""
    #: Where all of them stand together; empty where `back` leads there already.
    whole: str = ""


def show_picture(
    view: SpaceView, upload: Upload, *, source: str, alt: str, back: str, crumbs: Any, album: Album | None = None
) -> HttpResponse:
    """The page of a picture that the view's policy let through.

    Args:
        source: the address of the file itself.
        back: where the picture came from.
        album: what one leafs through from here, narrowed by the policy; None for a picture that stands alone.

    Raises Http404 for what is no picture.
    """
    if not upload.is_image:
        raise Http404
    view.template_name = "groupspace/picture.html"
    return view.show(picture=upload, source=source, alt=alt, back=back, album=album, breadcrumbs=crumbs)
