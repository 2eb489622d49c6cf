using ArmTwitch.Phrases;

namespace ArmTwitch.Comments.Flags;

/// <summary>Phrases of <see cref="ConductRules"/>: contact, selling, miracle cures.</summary>
internal static class ConductPhrases
{
    /// <summary>Words that may stand between a negation and a phrase.</summary>
    public const string Fillers =
        "a an any the to is are was be ever really just please you should must want think believe i known such of it "
        + "advise advising telling suggest suggesting saying anyone there this that do need promise "
        + "de hay remedios? "
        + "remèdes?";

    public static readonly PhrasePatterns Contact = new(
        """
        # English
        (message|dm|pm|text|write( to)?|contact|add|find|reach|follow|call|whatsapp) me (on|at|via|in|through|by)\b~3
        (my|on) (whatsapp|telegram|instagram|insta|snapchat|snap|discord|skype) (is|name|id|handle|:|@)~2
        (my|on) (viber|wechat|facebook|tiktok|twitter|signal) (is|name|id|handle|:|@)~2
        (dm|pm) me\b

        # Spanish
        (escríbe|escríban|lláma|llámen|contácta|contácten|búsca|agréga)me\b
        manda(me)? un (mensaje|correo)

        # French
        (écris|écrivez|contacte|contactez|appelle|appelez)[ -]moi\b

        # German
        (schreib(t|en)?|kontaktier(t|en)?|ruf(en)?)( Sie)? (mir|mich)~1 (auf|bei|unter|über|per|an)\b
        """);

    public static readonly PhrasePatterns Selling = new(
        """
        # English: buying
        (buy|order|shop|get yours?|available|purchase) (now|here|today|online|yours)\b
        (discount|promo|coupon|voucher) ?codes?
        \d+ ?% (off|discount)
        free (shipping|delivery|trial|sample)
        money[ -]back
        click (here|below|on|the link|my)
        link (in|on) (my )?(bio|profile)

        # English: offers
        (check out|visit|see|subscribe to|join) my~1 (shop|store|website|site|channel|blog|course|e-?book|page|profile)
        (check out|visit|see|subscribe to|join) my~1 (youtube|group|podcast)
        (limited|special|exclusive)( time)? offer
        best prices?
        lowest prices?
        for sale\b
        earn (money|\$|£|€)
        make money
        work from home

        # English: what is sold
        casino
        viagra
        cialis
        kamagra
        crypto\w*
        bitcoin
        forex
        payday loans?
        seo services?
        backlinks?
        escorts?
        cbd (oil|gummies|cream)
        affiliate
        (i|we) (sell|offer|ship)~3 (supplements?|oils?|remed\w+|products?|therapy|courses?|sessions?|massage\w*|treatments?)
        book (a|your)~2 (session|consultation|call|appointment) (with|at|now|via)

        # Spanish
        (compra|compre|compren|ordena)( ya| ahora| aquí| hoy)\b
        ha(z|ga) clic
        códigos? de descuento
        envío gratis

        # French
        (achetez|commandez) (maintenant|ici|aujourd'hui)
        cliquez (ici|sur)
        codes? promo
        livraison gratuite

        # German
        (jetzt|hier|heute) (kaufen|bestellen)
        klick\w*( Sie)? (hier|auf)
        (Gutschein|Rabatt)codes?
        (kostenlos\w*|gratis) ?(Versand|Lieferung)
        versandkostenfrei
        """);

    public static readonly PhrasePatterns Cures = new(
        """
        # English: a miracle
        miracle\w*
        miraculous\w*
        (complete|instant|permanent|guaranteed|secret|total|100 ?%) (cure|remed(y|ies)|healing|results?|relief|solution)
        (proven|definitive|ultimate|natural) (cure|remed(y|ies)|healing|results?|relief|solution)
        (cure[sd]?|heal(s|ed)?|revers(e|es|ed)) (all|everything|me|my|it|any|him|her|your|als|ms|cancer|parkinson\w*|diabetes|twitch\w*)
        (cure[sd]?|heal(s|ed)?|revers(e|es|ed)) (nerve damage|every\w*|completely|anyone)

        # English: a promise
        cured (in|within|for good|forever|completely)
        (will|can|to) (cure|heal) (your?\w*|it|this|all|any\w*|every\w*)~2
        (works?|worked) (for everyone|100|every time|like magic|instantly)
        doctors? (hate|don'?t want you|won'?t tell|will not tell|hide)
        big pharma
        (they|doctors|pharma) (don'?t|do not) want you to know
        detox\w*

        # English: a remedy
        guaranteed (to|results?|cure)
        herbal (doctor|cure|remed(y|ies)|medicine|healer)
        spell ?caster
        alkaline (water|diet)
        ancient (secret|remedy)
        colloidal silver
        (drink|drinking|drank)~2 bleach
        \bmms\b
        homeopath\w*
        (gone|disappeared|vanished) (in|within|after) (one|1|two|2|three|3|a few) (days?|hours?|minutes?) thanks to
        snake oil works
        the only (cure|remed(y|ies)|thing that works)

        # Spanish
        milagro\w*
        me cur(ó|aron) (del todo|por completo|de|en)\b
        cura (definitiva|total|garantizada)

        # French
        remèdes? miracles?
        m'(a|ont) guéri\w*
        guérison (totale|complète|définitive|garantie)

        # German
        Wundermittel
        Wunderheil\w*
        (mich|ihn|sie|alle) geheilt
        heilt (alles|jed\w+)
        """,
        Fillers);
}
