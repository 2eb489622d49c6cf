using System.Net;
using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ArmTwitch.Comments.TextCleaning;
using CsCheck;

namespace ArmTwitch.Tests.Comments.TextCleaning;

public sealed class CommentTextCleanerTests
{
    private static readonly HtmlParser Browser = new();

    [Theory]
    [InlineData("a < b && c > d")]
    [InlineData("<3")]
    [InlineData("</3")]
    [InlineData("I <3 this page <3")]
    [InlineData("x<y")]
    [InlineData("x<y>z")]
    [InlineData("x<y and y<z")]
    [InlineData("p<b")]
    [InlineData("a<b and c = 3")]
    [InlineData("if a<b then stop")]
    [InlineData("1<2>3")]
    [InlineData("<-- see above")]
    [InlineData("--> see below")]
    [InlineData("]]> closes nothing")]
    [InlineData("<<<>>>")]
    [InlineData("<>")]
    [InlineData("</>")]
    [InlineData("<!>")]
    [InlineData("<?>")]
    [InlineData("< b >")]
    [InlineData("< script >")]
    [InlineData("<\nb>")]
    [InlineData("<")]
    [InlineData("</")]
    [InlineData("<!")]
    [InlineData("ends with <")]
    [InlineData("<grin>")]
    [InlineData("<name@example.org>")]
    [InlineData("<https://example.org/a?b=c>")]
    [InlineData("<b@example.org>")]
    [InlineData("<insert name here>")]
    [InlineData("<10 minutes a day")]
    [InlineData("less than <5 mg/l>")]
    [InlineData("List<int> is code")]
    [InlineData("a=>b and b<=a")]
    [InlineData("she said <quote> never")]
    [InlineData("My CPK was <a 180, now >250, and the arm is fine")]
    [InlineData("250 mg <a night> is what he said")]
    [InlineData("<8 a day is fine, but >40 and weak is not; a<b and b>a")]
    [InlineData("use <amount> of <i> or <b> cream?")]
    [InlineData("Height <b 2 m, steps > 5000 a day")]
    [InlineData("resting <hr 60 or, after stairs, >110")]
    [InlineData("don't <b don't > do it")]
    [InlineData("if a <b and c = 3, then d >2")]
    [InlineData("<!DOCTYPE html>hello")]
    [InlineData("<![CDATA[words]]>")]
    [InlineData("<?xml version=\"1.0\"?>hello")]
    [InlineData("</b>stray")]
    [InlineData("words</b")]
    [InlineData("<script")]
    [InlineData("hello <script src=//x.example/a.js")]
    [InlineData("<img src=x onerror=alert(1)//")]
    [InlineData("<!-- my words go on")]
    [InlineData("<b =\">x")]
    [InlineData("<b <y>c")]
    [InlineData("<XSS \"\"\">x")]
    [InlineData("\u200FiPad עובד.")]
    [InlineData("עובד!\u200F")]
    [InlineData("হঠাৎ নয়, হঠাত্\u200D হল")]
    [InlineData("അവൾ അല്ല, അവള്\u200D")]
    [InlineData("ഇത്\u200C ശരിയാണ്\u200C.")]
    [InlineData("قرن ۴ ه\u200D.ق بود")]
    [InlineData("&amp; &lt;b&gt; &#60; &#x3c;script&#x3e;")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\\u003cscript\\u003e")]
    [InlineData("%3Cscript%3E")]
    [InlineData("＜script＞alert(1)＜/script＞")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\"quoted\" and 'single' and `tick`")]
    [InlineData("{{7*7}} ${7*7} @Model #{x} <%= 7 %>")]
    [InlineData("a\tb")]
    [InlineData("  two spaces  inside")]
    [InlineData("one\ntwo\n\nthree\n\n\nfour")]
    [InlineData("café naïve Ångström")]
    [InlineData("日本語のテキスト")]
    [InlineData("한국어")]
    [InlineData("עברית וגם English")]
    [InlineData("العربية ٣ مرات")]
    [InlineData("می‌خواهم")]
    [InlineData("क्‍ष और क्‌ष")]
    [InlineData("ශ්‍රී")]
    [InlineData("👍")]
    [InlineData("👩‍⚕️")]
    [InlineData("👨‍👩‍👧‍👦")]
    [InlineData("🏳️‍🌈")]
    [InlineData("🏴‍☠️")]
    [InlineData("👍🏽 👩🏿‍🔬")]
    [InlineData("1️⃣ #️⃣ *️⃣")]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿")]
    [InlineData("🇩🇪🇫🇷")]
    [InlineData("🙂‍↔️")]
    [InlineData("❤️ ❤︎")]
    [InlineData("葛󠄀城")]
    [InlineData("ไม่เป็นไร ที่นี่")]
    [InlineData("x̂ and q̃")]
    [InlineData("Việt Nam")]
    [InlineData("∑ ≤ ≥ ≠ ½ µg °C")]
    public void What_is_no_markup_stays_to_the_letter(string typed) => Assert.Equal(typed, CommentTextCleaner.Clean(typed));

    [Theory]
    [InlineData("<b>bold</b>", "bold")]
    [InlineData("<B>bold</B >", "bold")]
    [InlineData("text<b>bold</b>text", "textboldtext")]
    [InlineData("a<br>b", "a\nb")]
    [InlineData("a<br/>b<BR />c", "a\nb\nc")]
    [InlineData("<p>one</p>\n<p>two</p>", "one\ntwo")]
    [InlineData("<a href=\"https://example.org\">here</a>", "here")]
    [InlineData("<a\nhref='x'\n\ttitle=\"a>b\"\n>here</a\n>", "here")]
    [InlineData("<img alt=\"a > b\" src=x>after", "after")]
    [InlineData("<img alt = '>' src=x>after", "after")]
    [InlineData("<div class=a><span>in</span></div>", "in")]
    [InlineData("before <!-- secret --> after", "before  after")]
    [InlineData("<!-- a -- b > c -->after", "after")]
    [InlineData("<o:p>from Word</o:p>", "from Word")]
    [InlineData("<font color=red>red", "red")]
    [InlineData("<blink>now</blink>", "now")]
    [InlineData("<math><mi>x</mi></math>", "x")]
    [InlineData("a <b so my arm hurts and <i>really</i>", "a <b so my arm hurts and really")]
    [InlineData("1 < 2 <b>and</b> 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("a < b <i>c</i> > d", "a < b c > d")]
    [InlineData("take <b>two</b> of <b> a day", "take two of <b> a day")]
    [InlineData("<b>e</b>\u0301", "é")]
    [InlineData("<script>alert(1)</script>", "alert(1)")]
    [InlineData("<SCRIPT SRC=https://xss.example/x.js></SCRIPT>", "")]
    [InlineData("<script/x>alert(1)</script/y>", "alert(1)")]
    [InlineData("<scr<script>ipt>alert(1)</scr</script>ipt>", "alert(1)")]
    [InlineData("<scr\0ipt>alert(1)</scr\u200Bipt>", "alert(1)")]
    [InlineData("<scr<!-- -->ipt>alert(1)</script>", "alert(1)")]
    [InlineData("<IMG SRC=\"javascript:alert('XSS');\">", "")]
    [InlineData("<IMG SRC=&#106;&#97;&#118;&#97;>", "")]
    [InlineData("<svg\u000Conload=alert(1)>", "")]
    [InlineData("<svg/onload=alert(1)>", "")]
    [InlineData("<svg><a xlink:href=\"javascript:alert(1)\"><text x=20 y=20>XSS</text></a>", "XSS")]
    [InlineData("<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "")]
    [InlineData("<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "")]
    [InlineData("<details open ontoggle=alert(1)>x", "x")]
    [InlineData("<input autofocus onfocus=alert(1)>", "")]
    [InlineData("<x onclick=alert(1)>x", "x")]
    [InlineData("\"><img src=x onerror=alert(1)>", "\">")]
    public void What_is_plainly_markup_goes_and_its_text_stays(string typed, string kept) =>
        Assert.Equal(kept.TrimEnd(), CommentTextCleaner.Clean(typed));

    [Theory]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("a\u2028b\u2029c", "a\nb\nc")]
    [InlineData("a\0b", "ab")]
    [InlineData("a\u0007\u001B[31mb", "a[31mb")]
    [InlineData("one\u000Btwo\u000Cthree\u0085four", "one\ntwo\nthree\nfour")]
    [InlineData("a\u007F\u009Fb", "ab")]
    [InlineData("\uFEFFa\u200Bb\u2060c", "abc")]
    [InlineData("soft\u00ADhyphen", "softhyphen")]
    [InlineData("\u202Eevil\u202C", "evil")]
    [InlineData("\u202Aa\u202Bb\u202Dc\u2066d\u2067e\u2068f\u2069", "abcdef")]
    [InlineData("a\uFFFEb\uFDD0c\uDBFF\uDFFFd", "abcd")]
    [InlineData("\u3164\uFFA0\u115F\u1160", "")]
    [InlineData("a\u034Fb", "ab")]
    [InlineData("a\u200D", "a")]
    [InlineData("\u200Da", "a")]
    [InlineData("a \u200D b", "a  b")]
    [InlineData("a\u200D\u200D\u200Db", "a\u200Db")]
    [InlineData("vi\u200Eag\u200Fra", "viagra")]
    [InlineData("שלום!\u200F (1)", "שלום!\u200F (1)")]
    [InlineData("\u200F", "")]
    [InlineData("a\uFE0F\uFE0F\uFE01\uFE02b", "a\uFE0Fb")]
    [InlineData("a\U000E0100\U000E0101b", "ab")]
    [InlineData("a\U000E0041\U000E0042b", "ab")]
    [InlineData("\U0001F3F4\U000E0041", "\U0001F3F4")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062b", "\U0001F3F4b")]
    [InlineData("H\u0335\u0321\u031B\u0316\u0317\u0318\u0300\u0301e", "H\u0335\u0321\u031B\u0316e")]
    [InlineData("Z\u0341\u0342\u0343\u0300\u0301\u0302\u0303", "Ź\u0342\u0313\u0300\u0301")]
    [InlineData("e\u0301", "é")]
    [InlineData("A\u030Angstro\u0308m \u212B \u2126 \u212A", "Ångström Å Ω K")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("a\u0323\u0307 a\u0307\u0323", "ạ\u0307 ạ\u0307")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\uF900", "\u8C48")]
    [InlineData("a  \nb\t\n", "a\nb")]
    [InlineData("a\u00A0\u3000", "a")]
    [InlineData("\n\n  a", "  a")]
    [InlineData("a\n\n\nb", "a\n\n\nb")]
    [InlineData("a\n\n\n\nb", "a\n\nb")]
    [InlineData("a\n \n\t\n \n \nb", "a\n\nb")]
    [InlineData("", "")]
    [InlineData(" \n\t ", "")]
    public void What_cannot_be_seen_goes(string typed, string kept) => Assert.Equal(kept, CommentTextCleaner.Clean(typed));

    [Fact]
    public void Half_a_surrogate_pair_goes()
    {
        Assert.Equal("ab", CommentTextCleaner.Clean("a\uD83Db"));
        Assert.Equal("ab", CommentTextCleaner.Clean("a\uDE00b"));
        Assert.Equal("a", CommentTextCleaner.Clean("a\uD83D"));
        Assert.Equal("\U0001F600", CommentTextCleaner.Clean("\uD83D\u200B\uDE00\uD83D\uDE00"));
    }

    [Theory]
    [InlineData("Ada", "Ada")]
    [InlineData("  Ada \t Lovelace \n", "Ada Lovelace")]
    [InlineData("Ada\r\nLovelace", "Ada Lovelace")]
    [InlineData("Ada\u00A0\u3000Lovelace", "Ada Lovelace")]
    [InlineData("<b>Ada</b>", "Ada")]
    [InlineData("Ada <ada@example.org>", "Ada <ada@example.org>")]
    [InlineData("A\u202Eda", "Ada")]
    [InlineData("José", "José")]
    [InlineData("Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306algo", "Z\u0300\u0301\u0302\u0303algo")]
    [InlineData("<img src=x>", "")]
    [InlineData("\u200B", "")]
    [InlineData("\u200F\u200E ", "")]
    public void A_name_is_one_line(string typed, string kept) => Assert.Equal(kept, CommentTextCleaner.CleanName(typed));

    [Fact]
    public void Cleaning_twice_is_cleaning_once() => Typed.Sample(typed =>
    {
        var text = CommentTextCleaner.Clean(typed);
        var name = CommentTextCleaner.CleanName(typed);
        return CommentTextCleaner.Clean(text) == text && CommentTextCleaner.CleanName(name) == name;
    });

    [Fact]
    public void What_is_shown_is_what_is_stored() => Typed.Sample(typed =>
    {
        var stored = CommentTextCleaner.Clean(typed);
        var shown = Browser.ParseDocument($"<!doctype html><title>x</title><div>{HtmlEncoder.Default.Encode(stored)}</div>")
            .QuerySelector("div")!;
        return shown.TextContent == stored && shown.ChildElementCount is 0;
    });

    [Fact]
    public void Plain_words_stay() =>
        Gen.Char["abcXYZ 019.,;:!?'\"&#>()=-/éßñжשא日"].Array[0, 60].Select(letters => new string(letters)).Sample(typed =>
            CommentTextCleaner.Clean(typed) == typed.TrimEnd());

    [Theory]
    [InlineData("<")]
    [InlineData("<b ")]
    [InlineData("<b a=\"")]
    [InlineData("<y a=\"<b c='")]
    [InlineData("<!--")]
    [InlineData("<!--!>")]
    [InlineData("<![CDATA[")]
    [InlineData("<scr<script>ipt>")]
    [InlineData("<img src=x onerror=")]
    [InlineData("<xy id='\" ")]
    [InlineData("</b")]
    [InlineData("<?x")]
    [InlineData("e\u0301\u0323")]
    [InlineData("\u0301")]
    [InlineData("a\u200D")]
    [InlineData("\n \n")]
    public void A_long_hostile_text_is_read_in_one_go(string part)
    {
        var typed = string.Concat(Enumerable.Repeat(part, 64 * 1024 / part.Length));

        foreach (var hostile in (string[])[
            typed, typed + ">", typed + "\">", string.Concat(typed, "<b>", string.Concat(Enumerable.Repeat("ipt>", 8000)))])
            Assert.DoesNotContain(ElementsIn(WebUtility.HtmlEncode(CommentTextCleaner.Clean(hostile))), _ => true);
    }

    private static IEnumerable<IElement> ElementsIn(string text) =>
        Browser.ParseDocument($"<!doctype html><body>{text}").Body!.QuerySelectorAll("*");

    /// <summary>Texts made of the pieces that trouble is made of.</summary>
    private static Gen<string> Typed => Gen.Frequency(
        (6, OneOf(
            "<", ">", "/", "=", "\"", "'", "!", "--", "-->", "--!>", "<!--", "<!", "<?", "</", "[", "]]>", "<![CDATA[", " ", "\n", "\t",
            "\f", "\r", "&lt;", "&",
            "b", "i", "script", "scr", "ipt", "img", "svg", "a", "p", "br", "style", "title", "textarea", "y", "xss", "o:p", "math",
            "table", "onload", "src", "x", "3")),
        (2, OneOf("<b>", "</b>", "<script>", "<img src=x>", "<b a=\"", "<y>", "lin\u212A", "<br/>", "<svg/onload=x")),
        (2, OneOf(
            "\0", "\u200B", "\u200D", "\u200C", "\u200E", "\u202E", "\uFE0F", "\uFE01", "\u0301", "\u0323", "\u0338", "\u20E3", "e", "é",
            "\u1100", "\u1161", "\u11A8",
            "👍", "🏽", "\U0001F3F4", "\U000E0067", "\U000E007F", "\uD83D", "\uDE00", "\uFFFE", "\u00AD", "ש", "日", "\u2028", "\u3164")),
        (1, Gen.Char.Select(letter => letter.ToString()))).Array[0, 14].Select(string.Concat);

    private static Gen<string> OneOf(params string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(piece => pieces[piece]);
}
