namespace ArmTwitch.Comments.Spam;

/// <summary>
/// Made-up comments, one a line, for the model of the first day. Each counts as one decision, so real ones soon outweigh them.
/// </summary>
internal static class SpamSeedExamples
{
    private const string Advertising = """
        Order your magnesium tablets today and get 30% off with free shipping, visit our shop at https://magnesium.example
        I was healed by the herbs of a great doctor after years of pain, contact him on WhatsApp or email him for your cure
        Play at the best online casino, free spins and a welcome bonus, register now http://casino.example
        Thank you for this wonderful article, I have bookmarked your blog. Please visit my website too: http://blog.example
        Cheap viagra and cialis online without a prescription, fast worldwide delivery
        Earn $500 a day from home with bitcoin trading, no experience needed, message my manager on Telegram
        We offer SEO services and quality backlinks, get your website to the first page of Google, ask for a quote
        This miracle supplement cured my nerves in three days, get your bottle now at a special price, money back guarantee
        Need a loan? Low interest, no credit check, apply now, contact us by email
        A powerful spell caster brought my lover back and cured me of herpes, here is his whatsapp
        Replica watches, designer bags and shoes, up to 70% discount, shop now www.replica.example
        Our CBD oil helps against pain, stress and twitching. Use the promo code RELAX for 10% off
        Cheap essay and thesis writing service, professional writers, order today
        Meet hot singles in your area tonight, join free
        CLICK HERE!!! BUY NOW!!! LIMITED OFFER!!! http://deal.example
        Buy Instagram followers and likes, instant delivery, lowest price
        Lose belly fat fast with keto gummies, order a free trial bottle today
        Roof and gutter repair, best rates in your area, call our team for a free quote
        Forex signals, guaranteed daily profit, minimum deposit 100 dollars, join our group
        I sell handmade bracelets with magnets against tremor and pain, see my online store, link in my profile
        Congratulations, you have won a gift card worth $500, claim your prize at http://win.example
        Herbal medicine for diabetes, hepatitis, ALS and lupus, no side effects, ships to every country, email the clinic
        Our massage gun is the number one product of the year, now on sale, only 49.99, subscribe for a coupon
        Download our app for free and win a phone, install it from this link
        Very nice post, I really enjoyed it, feel free to check out my homepage about car insurance
        Stem cell treatment at our clinic abroad, request the price list, book a consultation online
        Stop listening to doctors, watch my free video about the secret remedy they hide from you
        Professional hacker for hire, recover lost money, contact him by email, fast and reliable
        We manufacture medical products in China, competitive wholesale prices, contact our sales department
        Ayurvedic drops repair weak nerves naturally, buy two get one free, cash on delivery
        Distance healing session for 40 euros, book now on my page, the energy works at once
        Passive income online, sign up with my referral link and start making money today
        Essential oils changed my life, I am a distributor, write to me for member prices
        Casino bonus ohne Einzahlung, jetzt kostenlos anmelden https://spiel.example
        Купить таблетки онлайн со скидкой http://apteka.example
        I would like to publish a guest post with a do-follow link on your website, what is your price?
        """;

    private const string Readers = """
        My right arm has been twitching for two weeks and I wonder whether I should see my doctor
        Mine went away when I slept more and drank less coffee
        Thank you, this page calmed me down after a long night of reading
        Does anyone else get the twitch in the eyelid as well as in the arm?
        My GP tested my strength, found nothing and told me to come back if it becomes weak
        I had a nerve test last year, it was not as bad as I had feared
        I have no weakness, only the muscle that jumps under the skin
        It began after the flu and stopped after a month
        How long does it usually last? I have had it since the summer
        I work at a computer and notice it most in the evening when I rest
        The neurologist said that it is benign and that most people have it at some time
        My mother had a tremor, so I was afraid that it is the same thing
        I take tablets for my blood pressure, could they be the reason? I will ask the pharmacist
        Please explain the word in the second paragraph, I did not understand it
        It is worse when I am anxious, and I am anxious because of it
        My hand tingles at night, and the doctor thinks that it is a nerve in the wrist
        I read the list of warning signs twice and none of them is true for me
        After training my shoulder twitches for hours, is that normal?
        They checked my thyroid and my salts, everything was fine
        I kept a diary as you suggest, and I twitch on days when I have slept badly
        My husband can see it from across the room
        I am pregnant and my arm jumps, the midwife did not worry
        I disagree with the part about stress, I was on holiday when it started
        I am sorry for those who have to wait so long for an appointment
        There is a mistake in the table, the third line is there twice
        I went to hospital because my speech was slurred, and I am glad that I did
        My leg does it too, it moves from place to place
        When I stopped looking for it, I no longer noticed it
        I have it for the third year now and it has never become anything else
        Could you write something about children who twitch?
        The picture of the arm helped me to explain where it is
        My physiotherapist gave me exercises for the neck and it is better now
        I fell asleep on my arm and it twitched all day
        Is it safe to go on with sport while it twitches?
        I only want to tell others that it ended for me after four months
        Cold weather makes it worse for me, a warm bath helps
        """;

    public static IReadOnlyList<TrainingExample> All { get; } =
        [.. Lines(Advertising, isSpam: true), .. Lines(Readers, isSpam: false)];

    private static IEnumerable<TrainingExample> Lines(string text, bool isSpam) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => new TrainingExample("", line, isSpam));
}
