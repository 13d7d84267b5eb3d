"""The editor of article bodies: what a news text needs, and nothing that plays with fonts and colours.

`allowedContent` is never set: CKEditor's own filter then allows what the buttons can make. What the sanitiser keeps
besides is allowed by name (`extra_content`), because the editor would take it out of every text it opens.
articles.E001 (checks.py) refuses a configuration that loosens this.

Our own buttons are three plugins in static/js (editor-inserts, -paste, -count.js); what they say and ask is told
to them in `newsroom`.
"""

from django.utils.translation import gettext_lazy as _

REMOVED_PLUGINS = (
    "exportpdf,scayt,wsc,flash,iframe,preview,print,newpage,save,forms,smiley,templates,language,"
    "font,colorbutton,colordialog,bidi,showblocks,about,image,pagebreak,copyformatting,elementspath"
)

_ARTICLES = "/admin/articles/article/"
NEWSROOM = {
    "urls": {
        "titled": f"{_ARTICLES}titled/",
        "pictures": f"{_ARTICLES}pictures/",
        "player": f"{_ARTICLES}player/",
    },
    "words": {
        "buttons": {
            "RelatedArticle": _("Related article"),
            "Gallery": _("Photo row"),
            "PulledQuote": _("Quote"),
            "Player": _("Video, audio"),
            "DeskNote": _("Note on the passage"),
        },
        "related": _("Insert a related article"),
        "byTitle": _("Words of the title, with or without diacritics"),
        "gallery": _("Insert a row of photos"),
        "byCaption": _("Words of the caption or the credit"),
        "chooseSeveral": _("Mark the photos in the order in which they are to stand."),
        "chosen": _("%s photos marked"),
        "quote": _("Insert a quote"),
        "quoted": _("What was said"),
        "source": _("Who said it, and where"),
        "player": _("Insert video or audio"),
        "playerAddress": _("Address on YouTube, Vimeo, SoundCloud or Spotify"),
        "insert": _("Insert"),
        "close": _("Close"),
        "searching": _("Searching…"),
        "nothing": _("Nothing fits these words."),
        "failed": _("No answer: check the connection and try again."),
        "picturesLeft": _(
            "%s pictures of the source were left out: only photos of our own library can be shown. Save them to your "
            "computer and bring them in with the picture button."
        ),
        "length": _("%w words · about %m min to read"),
        "box": _("Information box"),
    },
}

CKEDITOR_CONFIGS = {
    "default": {
        "toolbar": [
            ["Format", "Bold", "Italic", "RemoveFormat"],
            ["BulletedList", "NumberedList", "Link", "Unlink", "Table", "SpecialChar"],
            ["PasteText", "PasteFromWord", "Undo", "Redo", "Find", "Replace", "Maximize"],
            "/",
            ["Image", "Gallery", "RelatedArticle", "PulledQuote", "CreateDiv", "Player", "DeskNote"],
        ],
        "newsroom": NEWSROOM,
        "extraPlugins": "image2,uploadimage,autogrow,inserts,pasteclean,wordcounter",
        "removePlugins": REMOVED_PLUGINS,
        "removeDialogTabs": (
            "link:advanced;link:target;image2:advanced;table:advanced;creatediv:advanced;editdiv:advanced"
        ),
        # What CreateDiv offers; it writes the class that richtext.py keeps.
        "stylesSet": [{"name": _("Information box"), "element": "div", "attributes": {"class": "box"}}],
        "disallowedContent": "script style iframe object embed form input; *[on*]; *{*}",
        "format_tags": "p;h2;h3",
        "entities": False,
        "versionCheck": False,
        "language": "vi",
        "defaultLanguage": "vi",
        "contentsCss": "/static/css/editor.css",
        "bodyClass": "body",
        "width": "100%",
        "autoGrow_onStartup": True,
        "autoGrow_minHeight": 320,
        "autoGrow_maxHeight": 900,
        "pasteFilter": (
            "p h2 h3 strong b em i u s sub sup ul ol li blockquote br table thead tbody tr; "
            "a[!href]; td th[colspan,rowspan]"
        ),
        "pasteFromWord_inlineImages": False,  # they would be base64, which the sanitiser drops
        "image2_alignClasses": [],
        "image2_disableResizer": True,
        "disableNativeSpellChecker": False,
        "clipboard_handleImages": False,  # a pasted picture is uploaded by uploadimage, not put in as base64
        "uploadUrl": "/admin/articles/photo/upload/",
        "imageUploadUrl": "/admin/articles/photo/upload/",
        "filebrowserUploadUrl": "/admin/articles/photo/upload/",
        "filebrowserUploadMethod": "xhr",
        "filebrowserImageBrowseUrl": "/admin/articles/photo/pick/",
    },
}


def extra_content(tags, attributes, classes):
    """The sanitiser's allow-list in CKEditor's words: one rule `tag[attributes](classes)` for each tag."""
    rules = []
    for tag in sorted(tags):
        names, kinds = sorted(attributes.get(tag, ())), sorted(classes.get(tag, {}).get("class", ()))
        rules.append(f"{tag}{_among('[]', names)}{_among('()', kinds)}")
    return "; ".join(rules)


def _among(brackets, names):
    return f"{brackets[0]}{','.join(names)}{brackets[1]}" if names else ""
