namespace ArmTwitch.Tests.Comments.Flags;

/// <summary>For each rule, texts of all languages that it has to tell apart.</summary>
internal static class FlagRuleExamples
{
    /// <summary>Texts in which a rule finds something.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Found = new Dictionary<string, string[]>
    {
        ["self-harm"] =
        [
            "I want to die", "Sometimes I just want to be dead.", "I keep thinking about suicide", "I'm going to kill myself",
            "kil myself", "killmyself", "Kill me", "end my live", "k1ll myself", "k.i.l.l myself", "k!ll my$elf",
            "k*ll myself", "ki11 myself", "slit my wrists", "voglio uccidermi", "samobójstwo", "хочу умереть", "unal1ve",
            "I can’t go on like this", "I don't want to live any more",
            "There is no point in living", "I wish I was dead", "Everybody would be better off without me", "I want to end it all",
            "He said he will kill himself", "I have been cutting myself",
            "I took a whole box of pills", "thinking of hurting myself", "self-harm is all that helps",
            "I can't stop thinking about suicide", "no one helps me and I want to die",
            "There is no hope, I want to die", "I am not coping. I am suicidal", "I'M SUICIDAL", "> I want to die", "kms",
            "I won't be here tomorrow, goodbye everyone", "Am I all right? No, suicidal", "I don't feel like living",
            "She told me \"I want to kill myself\"", "quiero morir", "no quiero vivir más", "pienso en el suicidio", "voy a matarme",
            "j'ai envie de mourir", "je veux me tuer", "je n'en peux plus",
            "je ne veux plus vivre", "ich will nicht mehr leben", "ich will mich umbringen", "Ich möchte sterben", "ich kann nicht mehr",
            "Selbstmord ist der einzige Ausweg",
            "I have pills ready and will take them tonight", "the rope is ready", "I have been saving up my tablets",
            "I will kill my self", "I will kill myslef", "sucide", "suicde", "cut myself tonight", "my family would be better without me",
            "no point living with this", "i want to disappear forever", "I have written a goodbye letter", "I bought a rope",
        ],
        ["weakness"] =
        [
            "Sudden weakness in my arm", "my arm suddenly went limp and weak", "I can't lift my arm", "I cannot move my fingers",
            "one side of my face is drooping", "my hand is getting weak",
            "I keep dropping things", "foot drop since Monday", "weakness in my left hand", "I have no pain, sudden weakness in my arm",
            "no pain but my arm is weak", "not only twitching, sudden weakness too",
            "My left arm suddenly went numb an hour ago", "arm gone numb suddenly", "half my face is numb since today",
            "lost control of my bladder", "I cannot pee", "numb between my legs", "neck injury and now my hands are numb",
            "no pain sudden weakness in my arm", "i can t move my arm", "my arm... is... weak", "suddenly 😳 weak in one hand",
            "losing strength in both hands", "I could not grip the cup", "no, weakness in my hand", "my leg gave way",
            "my hand went dead after i slept on it and still hangs down", "foot dropping since Monday", "no puedo moverlo",
            "debilidad en el brazo", "no puedo mover el brazo", "une faiblesse soudaine du bras",
            "je n'arrive plus à lever le bras", "plötzliche Schwäche im Arm", "ich kann den Arm nicht bewegen", "Lähmung der Hand",
        ],
        ["speech"] =
        [
            "my speech is slurred", "I am slurring", "I can't speak properly", "trouble speaking since today",
            "I couldn't find the right words", "words come out jumbled", "difficulty talking",
            "my tongue feels heavy", "no puedo hablar bien", "dificultad para hablar", "j'ai du mal à parler", "troubles de la parole",
            "verwaschene Sprache", "ich kann nicht richtig sprechen",
        ],
        ["swallowing"] =
        [
            "I can't swallow", "trouble swallowing", "difficulty with swallowing food", "swallowing is getting hard",
            "I keep choking on water", "food gets stuck", "food sticking in my throat", "dysphagia", "hard to swallow",
            "dificultad para tragar", "me cuesta tragar", "j'ai du mal à avaler", "Schluckbeschwerden", "ich kann nicht schlucken",
        ],
        ["breathing"] =
        [
            "I can't breathe", "short of breath", "shortness of breath at night", "trouble breathing", "breathing is hard lying down",
            "I'm gasping", "I cannot catch my breath", "struggling to breathe",
            "no puedo respirar", "me falta el aire", "j'ai du mal à respirer", "essoufflement au repos", "Atemnot", "ich kriege keine Luft",
        ],
        ["chest-pain"] =
        [
            "chest pain", "pain in my chest", "my chest hurts", "tightness across the chest", "pressure on my chest and arm",
            "is it a heart attack?", "chest feels tight", "crushing chest discomfort",
            "not a day goes by without chest pain", "I haven't had a day without chest pain",
            "chest pain - no idea why", "chest pain is normal, right?", "dolor en el pecho", "un infarto?", "douleur dans la poitrine",
            "mal à la poitrine", "Schmerzen in der Brust", "Herzinfarkt",
        ],
        ["seizure"] =
        [
            "I had a seizure", "is this a convulsion?", "he had a fit", "I passed out", "she blacked out twice",
            "lost consciousness for a minute", "I fainted", "epileptic seizures",
            "convulsiones", "perdí el conocimiento", "crise d'épilepsie", "j'ai perdu connaissance", "Krampfanfall", "ich war bewusstlos",
        ],
        ["contact-data"] =
        [
            "ada@example.org", "ring 07700 900123", "I live at 12 Acacia Avenue", "name at example dot com", "message me on Facebook",
            "my telegram is adatwitch", "DM me", "+44 7700 900123", "find me on Instagram",
            "This is not my number, but ring 07700 900123", "He wrote \"ring 07700 900123\"", "escríbeme al WhatsApp",
            "llámame al 07700 900123", "écris-moi sur Telegram", "contactez-moi par Facebook", "schreib mir auf WhatsApp", "ruf mich an",
        ],
        ["identifiers"] =
        [
            "NHS number 943 476 5919", "born on 12 March 1980", "DOB 12/03/80", "NI number QQ 12 34 56 C, or AB123456C", "SSN 078-05-1120",
            "card 4111 1111 1111 1111", "IBAN GB82 WEST 1234 5698 7654 32",
            "passport number 123456789", "patient no. A1234567",
            "It is not mine, it is his: 943 476 5919", "The letter says \"NHS number 943 476 5919\"", "nací el 12 de marzo de 1980",
            "née le 12 mars 1980", "geboren am 12. März 1980",
        ],
        ["links-and-selling"] =
        [
            "see https://example.org/x", "www.example.com", "go to example.com now", "example dot com", "hxxp://bad.example",
            "use the discount code ARM10", "20% off all week", "click here", "link in bio",
            "visit my shop", "we sell supplements", "bitcoin doubled", "t.me/twitch", "[url=http://x]",
            "I do not sell, but see example.com", "The site says \"buy now\"", "compra ahora", "haz clic aquí", "código de descuento ARM10",
            "achetez maintenant", "cliquez ici", "livraison gratuite", "jetzt kaufen", "klicken Sie hier", "kostenloser Versand",
            "Gutscheincode ARM10",
        ],
        ["dosage"] =
        [
            "400 mg magnesium", "I take 0.5mg", "two tablets at night", "3 capsules a day", "double the dose", "1000 IU of vitamin D",
            "10 drops", "5 g of magnesium", "50 µg", "deux comprimés", "zwei Tabletten", "what is the right dose",
            "I did not take 400 mg", "The leaflet says \"400 mg a day\"", "dos comprimidos por la noche",
        ],
        ["stop-medicine"] =
        [
            "stop taking your tablets", "Stop your medication now", "you should come off statins", "quit the antidepressants",
            "I stopped taking propranolol and it went", "throw away your pills", "go cold turkey",
            "you don't need any medicine", "ignore your doctor", "don't listen to the neurologist", "stop taking it", "skip your insulin",
            "deja de tomar las pastillas", "halve your sertraline",
            "arrêtez de prendre vos comprimés", "setz die Tabletten ab", "Medikamente absetzen",
            "My aunt told me \"stop taking your tablets\"",
        ],
        ["miracle-cure"] =
        [
            "a miracle", "this cured my ALS", "it cures everything", "100% natural remedy", "works for everyone", "doctors hate this",
            "Big Pharma hides it", "a detox tea", "herbal doctor Joe healed me",
            "guaranteed results", "it will cure you", "colloidal silver",
            "My aunt says \"it cured me completely\"", "un remedio milagroso", "me curó del todo", "un remède miracle",
            "cette plante m'a guéri", "ein Wundermittel", "das hat mich geheilt",
        ],
        ["shouting"] =
        [
            "PLEASE HELP ME WITH THIS TWITCHING", "why does NOBODY EVER ANSWER these questions", "help!!!!", "really?????",
            "MY ARM WILL NOT STOP TWITCHING AT ALL", "THIS IS ALL LIES I SAY", "what?!?!?!", "IT IS THE VACCINE WAKE UP PEOPLE",
            "He wrote \"YOU ARE ALL LYING TO US HERE\"", "ESTO ES UNA MENTIRA DE LOS MÉDICOS", "PERSONNE NE ME RÉPOND ICI",
            "WARUM HILFT MIR DENN NIEMAND",
        ],
        ["repeated-text"] =
        [
            "aaaaaaaaaaaa", "help help help help help", "Read this now ok. Read this now ok. Read this now ok.",
            "same line again\nsame line again\nsame line again", "nooooooooooooo",
            "I have been twitching for a very long time now. I have been twitching for a very long time now.", "ha ha ha ha ha ha",
            "1111111111111",
            "no no no no no no", "He said \"help help help help help\"", "ayuda ayuda ayuda ayuda ayuda",
            "niemand hilft mir. niemand hilft mir. niemand hilft mir.",
        ],
    };

    /// <summary>Texts in which it finds nothing.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Passed = new Dictionary<string, string[]>
    {
        ["self-harm"] =
        [
            "I am not suicidal", "I have no thoughts of suicide", "I would never kill myself", "I don't want to die, that is why I worry",
            "this twitch is killing me", "can it kill me?", "dying to know what it is", "my phone died",
            "I would never k1ll myself", "I cut myself shaving last week", "I hurt myself at the gym", "my father died of it", "dead tired after the gym",
            "I want it to stop", "The article says \"suicidal thoughts need help today\"", "no suicidal thoughts at all",
            "It is not the end of the world", "I jumped when it twitched", "no tengo ideas suicidas", "ich habe keine Selbstmordgedanken",
            "I take them at night", "my tablets help a little", "I am ready to take magnesium", "I saved the page",
        ],
        ["weakness"] =
        [
            "I have no weakness", "no sudden weakness", "no pain, numbness or weakness in my arm", "without any muscle weakness",
            "I don't have weakness in my hands", "muscle weakness: none", "never any weakness in my arm",
            "The page says \"sudden weakness needs help at once\"", "My arm twitches all day", "a weak coffee helps",
            "last weekend it began", "weakness in my arm has been ruled out", "sin debilidad", "pas de faiblesse musculaire",
            "It is not ALS without weakness in my arm", "90 days of twitching without weakness in my arm",
            "My hand went dead after I slept on it",
            "keine Schwäche", "I can lift my arm", "> sudden weakness in one arm\nThank you, this helped",
        ],
        ["speech"] =
        [
            "no slurred speech", "my speech is fine", "I can speak normally", "no trouble speaking", "without slurring",
            "I spoke to my doctor", "he gave a speech", "the card says \"slurred speech\"", "I have no problems with my speech",
            "keine Sprachstörungen", "it is easy to talk about",
            "sin dificultad para hablar", "pas de troubles de la parole",
        ],
        ["swallowing"] =
        [
            "no trouble swallowing", "I have no difficulty swallowing", "swallowing is fine", "no weakness, no trouble swallowing",
            "I don't have problems swallowing", "I swallow tablets with water", "my swallowing is normal",
            "never choking on anything, never choking on water",
            "sin dificultad para tragar", "keine Schluckbeschwerden", "a bird, a swallow",
            "The leaflet says \"trouble swallowing needs a doctor\"", "pas de mal à avaler",
        ],
        ["breathing"] =
        [
            "no trouble breathing", "my breathing is fine", "deep breathing exercises help", "take a breath", "no shortness of breath",
            "I have never been short of breath", "without breathlessness", "breathe in and out slowly", "keine Atemnot",
            "breathing has been normal",
            "The card says \"trouble breathing is an emergency\"", "sin falta de aire", "pas d'essoufflement",
        ],
        ["chest-pain"] =
        [
            "no chest pain", "I don't have chest pain", "without chest pain", "my chest twitches too", "chest day at the gym",
            "a pain in my arm", "a chest of drawers", "pas de douleur dans la poitrine", "keine Schmerzen in der Brust",
            "no pain in my chest", "chest pain: no", "no weakness during the day and no chest pain at night",
            "my dad died of a heart attack last year", "mein Vater ist an einem Herzinfarkt gestorben",
            "cant do anything but i dont have chest pain", "not one night of good sleep, no chest pain",
            "The card says \"chest pain needs an ambulance\"", "sin dolor en el pecho",
        ],
        ["seizure"] =
        [
            "no seizures", "I have never had a seizure", "I don't have seizures", "a good fit for me", "the shoe fits", "I keep fit",
            "never fainted", "no blackouts", "it passed", "keine Krampfanfälle", "seizures were ruled out",
            "The page says \"a seizure is an emergency\"", "sin convulsiones", "pas de crise d'épilepsie",
        ],
        ["contact-data"] =
        [
            "twitching for 2024 days", "25-30 times a day", "I saw it on Facebook", "@ada thank you", "call your doctor", "look at nhs.uk",
            "I walk down the road", "message to all: be calm", "follow the card",
            "I do not use WhatsApp", "The page says \"contact your doctor\"", "me escribió mi médico", "mon médecin m'a appelé",
            "mein Arzt hat mir geschrieben",
        ],
        ["identifiers"] =
        [
            "since 12 March 2024", "I was born in 1980", "call 111", "25-30 times", "C5 C6 C7", "1234 5678 9012 3456",
            "the insurance did not pay", "a case in point", "my EMG in 2023",
            "I have no NHS number at hand", "The form asks for a \"date of birth\"", "desde el 12 de marzo de 2024",
            "depuis le 12 mars 2024", "seit dem 12. März 2024",
        ],
        ["links-and-selling"] =
        [
            "it comes and goes.I wait", "e.g. at night", "3.5 times", "I would not discount it", "I bought a new chair",
            "the link between coffee and twitching", "free of charge at my doctor's", "I clicked my tongue", "Dr. Smith said so",
            "a.m. or p.m.",
            "I do not sell anything", "The article says \"a link has not been found\"", "no compro nada", "je n'ai rien acheté",
            "ich habe nichts gekauft",
        ],
        ["dosage"] =
        [
            "3 times a day", "twitching for 10 days", "magnesium did not help", "I weigh 70 kg", "2.1 mg/dl magnesium",
            "calcium was 90 mg per l", "5 minutes", "1 in 10 people", "I drink 2 litres", "my tablet computer",
            "I take no tablets", "The page says \"no dose is known\"", "tres veces al día", "deux fois par jour", "seit drei Tagen",
        ],
        ["stop-medicine"] =
        [
            "don't stop taking your tablets", "never stop your medication without asking", "do not quit the antidepressants",
            "it stopped after the tablets", "the twitching stopped", "I take my tablets every day", "you should not come off statins",
            "ask your doctor first", "stop worrying",
            "\nThe article says \"stop your medicine only with your doctor\"",
            "no dejes de tomar las pastillas", "n'arrêtez pas de prendre vos comprimés", "nie die Tabletten absetzen",
        ],
        ["miracle-cure"] =
        [
            "there is no miracle", "is there any cure?", "there is no cure", "a manicure", "a secure feeling", "it will not cure you",
            "it got better after some weeks", "sleep helped me", "not a miracle", "the gym helped", "no guaranteed results",
            "The article says \"there is no miracle cure, and nothing cures it completely\"", "no hay milagros",
            "il n'y a pas de remède miracle", "es gibt kein Wundermittel",
        ],
        ["shouting"] =
        [
            "I had an EMG and an MRI at the NHS", "ALS? MS? BFS?", "Thank you!!", "What???", "I", "EMG NCS MRI CT",
            "日本語のテキストです。とても長いテキストです。", "HELP", "Is it ALS or NOT",
            "I am NOT shouting", "The page says \"CALL 999\"", "¡Gracias!", "Merci !!", "Danke!!",
        ],
        ["repeated-text"] =
        [
            "very very bad", "no no no", "soooo tired", "..........................", "-----------------", "It is fine. It is fine.",
            "day after day after day", "one two one two one two", "hmmmm", "1000000000 times",
            "He said \"help help help\"", "jajaja", "non non non", "ja ja ja",
        ],
    };
}
