using System.Text.RegularExpressions;

namespace ArmTwitch.Comments.Flags;

/// <summary>What the house rules ask readers to leave out.</summary>
internal static partial class ConductRules
{
    /// <summary>The rule that sees how much of something to take.</summary>
    public const string Dosage = "dosage";

    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
    private const string Ends = "com|net|org|info|biz|shop|store|online|site|xyz|top|click|link|club|live|blog|health|pro|app|dev|io|ly|co|uk|de|fr|es|it|nl|eu|us|ca|au|in|ru|cn|tk|gg";
    private const string Fillers = "a|an|any|the|to|is|are|was|be|ever|really|just|please|you|should|must|want|think|believe|i|known|such|of|it|advise|advising|telling|suggest|suggesting|saying|anyone|there|this|that|do|need|promise|de|hay|remedes?|remedios?";

    private const string Medicine =
        @"(medic\w+|meds?|drugs?|tablets?|pills?|prescri\w+|treatments?|therapy|insulin|inhalers?|steroids?|chemo\w*|vaccin\w+|statins?|\w+statin|antidepress\w+|ssris?|snris?|beta ?blockers?|blood thinners?|warfarin|lithium|"
        + @"sertraline|citalopram|escitalopram|fluoxetine|venlafaxine|propranolol|bisoprolol|gabapentin|pregabalin|baclofen|riluzole|levothyroxine|thyroxine|omeprazole|metformin|prednisolone|prednisone|diazepam|clonazepam|lorazepam|salbutamol|quinine)";

    private static readonly Phrases Contact = new(
        [@"(message|dm|pm|text|write( to)?|contact|add|find|reach|follow|call|whatsapp) me (on|at|via|in|through|by)\b~3|(my|on) (whatsapp|telegram|instagram|insta|snapchat|snap|discord|skype|viber|wechat|facebook|tiktok|twitter|signal) (is|name|id|handle|:|@)~2|(dm|pm) me\b",
        @"(escribe|escriban|llama|llamen|contacta|contacten|busca|agrega)me\b|manda(me)? un (mensaje|correo)|(ecris|ecrivez|contacte|contactez|appelle|appelez)[ -]moi\b|(schreib(t|en)?|kontaktier(t|en)?|ruf(en)?)( sie)? (mir|mich)~1 (auf|bei|unter|uber|per|an)\b"]);

    private static readonly Phrases Selling = new(
        [@"(buy|order|shop|get yours?|available|purchase) (now|here|today|online|yours)\b|(discount|promo|coupon|voucher) ?codes?|\d+ ?% (off|discount)|free (shipping|delivery|trial|sample)|money[ -]back|click (here|below|on|the link|my)|link (in|on) (my )?(bio|profile)",
        @"(check out|visit|see|subscribe to|join) my~1 (shop|store|website|site|channel|blog|course|e-?book|page|profile|youtube|group|podcast)|(limited|special|exclusive)( time)? offer|best prices?|lowest prices?|for sale\b|earn (money|\$|£|€)|make money|work from home",
        @"casino|viagra|cialis|kamagra|crypto\w*|bitcoin|forex|payday loans?|seo services?|backlinks?|escorts?|cbd (oil|gummies|cream)|affiliate|(i|we) (sell|offer|ship)~3 (supplements?|oils?|remed\w+|products?|therapy|courses?|sessions?|massage\w*|treatments?)|book (a|your)~2 (session|consultation|call|appointment) (with|at|now|via)",
        @"(compra|compre|compren|ordena)( ya| ahora| aqui| hoy)\b|ha(z|ga) clic|codigos? de descuento|envio gratis|(achetez|commandez) (maintenant|ici|aujourd'hui)|cliquez (ici|sur)|codes? promo|livraison gratuite",
        @"(jetzt|hier|heute) (kaufen|bestellen)|klick\w*( sie)? (hier|auf)|(gutschein|rabatt)codes?|(kostenlos\w*|gratis) ?(versand|lieferung)|versandkostenfrei"]);

    private static readonly Phrases StopMedicine = new(
        [$@"(stop|stops|stopped|stopping|quit|quitting|come off|came off|coming off|get off|got off|drop|ditch|ditched|skip|skipping|throw away|threw away|throw out|bin|flush|cut out|give up|gave up|discontinue|wean off|taper off|do not take|don'?t take|never take|avoid|refuse|lower|reduce|halve)( taking| using| on)?( (your|my|the|all|his|her|those|these|their|any|that|this|every|of)){{0,3}}( \w+)? {Medicine}\b",
        @"(stop|stopped|quit|don'?t|do not|never) (taking|take|using) (it|them|that|those|this|these)\b|(go|went|going|quit|stop\w*) cold turkey|(don'?t|do not|no longer|never) need~2 " + Medicine + @"\b",
        @"(ignore|don'?t (listen to|trust|believe)|do not (listen to|trust|believe)|forget|never trust)( what)?( your| the| my)? (doctors?|gp|neurologists?|specialists?|consultants?)|deja de tomar|dejar de tomar|arretez? (de prendre|vos|ton|votre)\b|setz\w*~3 (medikament\w*|tabletten) ab\b|medikament\w* absetzen"], Fillers);

    private static readonly Phrases Cures = new(
        [@"miracle\w*|miraculous\w*|(complete|instant|permanent|guaranteed|secret|total|100 ?%|proven|definitive|ultimate|natural) (cure|remedy|healing|results?|relief|solution)|(cure[sd]?|heal(s|ed)?|revers(e|es|ed)) (all|everything|me|my|it|any|him|her|your|als|ms|cancer|parkinson\w*|diabetes|twitch\w*|nerve damage|every|completely|anyone)",
        @"cured (in|within|for good|forever|completely)|(will|can|to) (cure|heal) (you|your|it|this|all|any|every)~2|(works?|worked) (for everyone|100|every time|like magic|instantly)|doctors? (hate|don'?t want you|won'?t tell|will not tell|hide)|big pharma|(they|doctors|pharma) (don'?t|do not) want you to know|detox\w*",
        @"guaranteed (to|results?|cure)|herbal (doctor|cure|remedy|medicine|healer)|spell ?caster|alkaline (water|diet)|ancient (secret|remedy)|colloidal silver|(drink|drinking|drank)~2 bleach|\bmms\b|homeopath\w*|(gone|disappeared|vanished) (in|within|after) (one|1|two|2|three|3|a few) (days?|hours?|minutes?) thanks to|snake oil works|the only (cure|remedy|thing that works)",
        @"milagro\w*|me cur(o|aron) (del todo|por completo|de|en)\b|cura (definitiva|total|garantizada)|remedes? miracles?|m'(a|ont) gueri\w*|guerison (totale|complete|definitive|garantie)|wundermittel|wunderheil\w*|(mich|ihn|sie|alle) geheilt|heilt (alles|jed\w+)"], Fillers);

    private static readonly Phrases Doses = new(
        [@"\d+([.,]\d+)? ?(mg|mcg|µg|μg|ug|mcgs|mgs|milligram\w*|microgram\w*|iu|i\.u\.|ml|millilit\w+|grams?|gramm|gramos|grammes)\b|\d+([.,]\d+)? ?g (of|a|per|daily|magnesium|potassium|calcium)\b",
        @"(\d+|a|one|two|three|four|five|six|half a|double|several|un|una|dos|tres|une|deux|trois|eine|zwei|drei) ?(x )?(tablets?|pills?|capsules?|caps|tabs|spoonfuls?|teaspoons?|tablespoons?|tsp|sachets?|drops|puffs|doses?|tabletten?|kapseln?|tropfen|pastillas?|comprimidos?|capsulas?|comprimes?|gelules?|gouttes)\b",
        @"(double|doubled|triple|increase|increased|up|raise|higher|highest|max|maximum|lower|half|halve)( (the|your|my|a))? (dose|dosage)|(recommended|daily|right|correct|loading|my|his|her) (dose|dosage)"]);

    /// <summary>The rule that sees numbers and dates by which a person can be found.</summary>
    public static readonly FlagRule Identifiers = new("identifiers", 1, FlagLevel.Ordinary, "Identifiers", "A number or a birth date by which a person can be found.",
        remark => Personal(remark, PersonalDataKind.HealthNumber, PersonalDataKind.BirthDate)
            .Concat(Identifier().Matches(remark.Text).Where(match => IsIdentifier(match)).Select(remark.Words)));

    public static readonly FlagRule[] Rules =
    [
        new("contact-data", 2, FlagLevel.Ordinary, "Contact data", "Everybody could read how to reach a person. The house rules ask to leave it out.", WaysToReach),
        Identifiers,
        new("links-and-selling", 2, FlagLevel.Ordinary, "Links and selling", "A link, or words that sell something.",
            remark => Links(remark.Plain).Select(remark.Words).Concat(Selling.In(remark.Plain).Select(remark.Words))),
        new(Dosage, 1, FlagLevel.Ordinary, "Dosage", "How much of a medicine or a mineral to take. The house rules ask to leave it out.",
            remark => Doses.In(remark.Plain).Where(match => !IsBloodValue(remark.Plain, match)).Select(remark.Words)),
        new("stop-medicine", 2, FlagLevel.Ordinary, "Advice to stop a medicine", "It may make a reader stop a medicine or turn away from a doctor.",
            remark => StopMedicine.In(remark.Own).Select(remark.Words)),
        new("miracle-cure", 2, FlagLevel.Ordinary, "Miracle cures", "It promises more than any treatment can keep.",
            remark => Cures.In(remark.Own).Select(remark.Words)),
        new("shouting", 1, FlagLevel.Ordinary, "Shouting", "Much of it is in capitals or exclamation marks.",
            remark => Shouts(remark.Text)),
        new("repeated-text", 2, FlagLevel.Ordinary, "Repeated text", "The same again and again.",
            remark => Repeats(remark.Text)),
        new("link-in-name", 2, FlagLevel.Ordinary, "Link in the name", "The name is an address, a number or an advertisement.",
            remark => Links(remark.Author.ToLowerInvariant()).Select(match => remark.Author.Substring(match.Index, match.Length))
                .Concat(PersonalData.FindIn(remark.Author).Select(part => remark.Author.Substring(part.Start, part.Length)))
                .Concat(Handle().Matches(remark.Author).Select(match => match.Value))),
    ];

    private static IEnumerable<string> Personal(Remark remark, params PersonalDataKind[] kinds) =>
        Parts(remark, kinds).Select(part => remark.Text.Substring(part.Start, part.Length));

    private static IEnumerable<PersonalDataFound> Parts(Remark remark, params PersonalDataKind[] kinds) => PersonalData.FindIn(remark.Text).Where(part => kinds.Contains(part.Kind));

    /// <summary>What overlaps is one: "text me on" and the number behind it.</summary>
    private static IEnumerable<string> WaysToReach(Remark remark)
    {
        var found = Parts(remark, PersonalDataKind.Email, PersonalDataKind.Phone, PersonalDataKind.StreetAddress)
            .Select(part => (part.Start, End: part.Start + part.Length))
            .Concat(Contact.In(remark.Plain).Select(match => (Start: match.Index, End: match.Index + match.Length)))
            .Order();
        var whole = new List<(int Start, int End)>();
        foreach (var part in found)
        {
            if (whole.Count > 0 && part.Start < whole[^1].End)
                whole[^1] = (whole[^1].Start, Math.Max(whole[^1].End, part.End));
            else
                whole.Add(part);
        }

        return whole.Select(part => remark.Text[part.Start..part.End]);
    }

    private static IEnumerable<Match> Links(string text) => Link().Matches(text).Where(match => match.Index is 0 || text[match.Index - 1] is not '@');

    private static bool IsBloodValue(string plain, Match match) => BloodValue().IsMatch(plain.AsSpan(match.Index + match.Length));

    private static bool IsIdentifier(Match match)
    {
        if (!match.Groups["card"].Success)
            return match.Value.Any(char.IsAsciiDigit);

        var digits = match.Value.Where(char.IsAsciiDigit).Select(sign => sign - '0').Reverse().ToArray();
        var sum = digits.Select((digit, place) => place % 2 is 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2).Sum();
        return digits.Length is >= 13 and <= 19 && sum % 10 is 0 && digits.Distinct().Count() > 1;
    }

    private static IEnumerable<string> Shouts(string text)
    {
        var letters = text.Count(char.IsLetter);
        var large = text.Count(char.IsUpper);
        if (letters >= 16 && large > letters * 0.6)
            return [CommentText.Start(text, 60)];
        return LoudWords().Matches(text).Concat(LoudMarks().Matches(text)).Select(match => match.Value);
    }

    private static IEnumerable<string> Repeats(string text)
    {
        for (int start = 0, at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] == text[start])
                continue;
            if (at - start >= 10 && char.IsLetterOrDigit(text[start]))
                yield return text[start..at];
            start = at;
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('"', '“', '”', '„', '«', '»')).ToArray();
        for (int start = 0, at = 1; at <= words.Length; at++)
        {
            if (at < words.Length && words[at].Equals(words[start], StringComparison.OrdinalIgnoreCase))
                continue;
            if (at - start >= 5)
                yield return string.Join(' ', words[start..at]);
            start = at;
        }

        var sentences = text.Split(['.', '!', '?', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(sentence => sentence.Length >= 12)
            .GroupBy(sentence => sentence, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() >= 3 || (group.Count() is 2 && group.Key.Length >= 40));
        foreach (var group in sentences)
            yield return group.Key;
    }

    [GeneratedRegex(@"(https?|ftp|hxxps?)\s?:\s?//\S+|\bwww\s?\.\s?\S+|\b[a-z0-9][a-z0-9\-]+(\.[a-z0-9\-]{2,})*\.(" + Ends + @")\b(/\S*)?|\b[a-z0-9\-]{2,}\s?([(\[]\s?dot\s?[)\]]|\sdot\s)\s?(com|net|org|info|shop|online|xyz|co)\b|\[url|\bt\.me/\S+|\bbit\.ly/\S+", Plain)]
    private static partial Regex Link();

    [GeneratedRegex(@"(\b[A-CEGHJ-PR-TW-Z][A-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b\d{3}-\d{2}-\d{4}\b|\b[A-Z]{2}\d{2}( ?[A-Z0-9]{4}){3,7}( ?[A-Z0-9]{1,3})?\b|(?<card>\b\d([ \-]?\d){12,18}\b)|(?i:\b(passport|insurance|policy|patient|hospital|case|record|licen[cs]e|social security|ssn|mrn|nino|national insurance)( (no|number|id|nr))?\.?\s?(is|:|#)?\s?#?[a-z0-9\-]*\d[a-z0-9\-]{4,}\b))", Plain)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^\s?(/|per)\s?(d|m)?l", Plain)]
    private static partial Regex BloodValue();

    [GeneratedRegex(@"\b\p{Lu}{4,}(\W+\p{Lu}{2,})*\W+\p{Lu}{4,}(\W+\p{Lu}{2,})*\W+\p{Lu}{4,}\b", Plain)]
    private static partial Regex LoudWords();

    [GeneratedRegex(@"!{4,}|\?{5,}|(\?!|!\?){3,}", Plain)]
    private static partial Regex LoudMarks();

    [GeneratedRegex(@"(^|\s)@\w{3,}|(?i:\b(buy|cheap|casino|viagra|seo|crypto|bitcoin|loans?|escorts?|discount|free shipping|comprar?|barat[oa]s?|acheter|pas cher|kaufen|billige?)\b)", Plain)]
    private static partial Regex Handle();
}
