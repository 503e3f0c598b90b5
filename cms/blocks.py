"""What the body of a page is made of: headings, words, lists, a quotation, a picture. Nothing that needs a developer.

A picture says what it shows; one that only decorates is left out, because the drawings already do that.
"""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class QuoteBlock(blocks.StructBlock):
    """Somebody's own words, and who said them as they want to be named."""

    words = blocks.TextBlock()
    who = blocks.CharBlock(required=False, max_length=120)

    class Meta:
        icon = "openquote"
        template = "cms/blocks/quote.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    heading = blocks.CharBlock(icon="title", max_length=120, template="cms/blocks/heading.html")
    words = blocks.RichTextBlock(features=["bold", "italic", "link", "ul", "ol"], icon="pilcrow")
    quote = QuoteBlock()
    picture = ImageBlock(template="cms/blocks/picture.html")
