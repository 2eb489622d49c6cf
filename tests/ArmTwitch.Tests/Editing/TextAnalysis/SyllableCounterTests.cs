using ArmTwitch.Editing.TextAnalysis;

namespace ArmTwitch.Tests.Editing.TextAnalysis;

public sealed class SyllableCounterTests
{
    /// <summary>
    /// Words of our own articles and words that trip up simple counters, with the syllables that a dictionary gives them.
    /// </summary>
    private const string Words =
        """
        the 1 a 1 be 1 eye 1 eyes 1 cause 1 caused 1 causes 2 called 1 settled 2 settle 2 muscle 2 muscles 2 whole 1 people 2
        movement 2 movements 2 safely 2 completely 3 useful 2 harmless 2 weakness 2 likely 2 early 2 only 2 rarely 2
        agreement 3 due 1 tissue 2 goes 1 used 1 need 1 bed 1 tired 1 studied 2 created 3 create 2 creation 3 sometimes 2
        something 2 therefore 2 forearm 2 forearms 2 eyelid 2 foremost 2 media 3 biology 4 action 2 region 2 radiation 4
        serious 3 anxious 2 various 3 religion 3 fashion 2 million 2 genius 3 calcium 3 magnesium 4 potassium 4 sodium 3
        lithium 3 marriage 2 triage 3 diagnose 3 diagnosis 4 trial 2 reliable 4 variable 4 special 2 initial 3 anxiety 4
        patient 2 patients 2 experience 4 friend 1 client 2 quiet 2 diet 2 society 4 earlier 3 easier 3 easiest 3 died 1
        tried 1 actual 3 usual 3 usually 4 gradual 3 equal 2 evaluate 4 language 2 continuous 4 fluent 2 influence 3 cruel 2
        fluid 2 suicide 3 guide 1 situation 4 trying 2 saying 2 being 2 seeing 2 doing 2 going 2 arguing 3 player 2 played 1
        video 3 surgeon 2 simultaneous 5 idea 3 area 3 nausea 3 diarrhoea 4 sea 1 disease 2 reaction 3 react 2 reach 1
        reason 2 reassure 3 cooperate 4 coordinate 4 cool 1 period 3 question 2 associate 4 association 5 fasciculation 5
        dementia 3 spasm 2 spasms 2 rhythm 2 beyond 2 myalgia 3 myoclonus 4 mayor 2 value 2 fatigue 2 tongue 1 league 1
        technique 2 unique 2 buy 1 different 3 maybe 2 neurone 2 neurology 4 nerve 1 nerves 1 twitch 1 twitches 2 twitching 2
        exercise 3 exercises 4 changes 2 places 2 times 1 tablet 2 tablets 2 puzzle 2 handled 2 curled 1 careful 2 carefully 3
        lonely 2 immediately 5 severe 2 vegetables 4 hour 1 hours 1 caffeine 2 alcohol 3 shoulder 2 biceps 2 triceps 2
        deltoid 2 doctor 2 pharmacist 3 emergency 4 seizure 2 tremor 2 stroke 1 breathe 1 breathing 2 breath 1 swallow 2
        sudden 2 suddenly 3 numb 1 tingling 2 tingles 2 injury 3 bladder 2 bowel 2 headache 2 worry 2 worries 2 worried 2
        stress 1 sleep 1 sleepless 2 healthy 2 electrolytes 4 electromyography 7 motor 2 amyotrophic 5 cervical 3
        spondylosis 4 benign 2 examination 5 specialist 3 twice 1 year 1 years 1 minute 2 minutes 2 iron 2 wheelchair 2 knee 1
        once 1 one 1 two 1 seven 2 prescribed 2 ache 1 aches 1 stretched 1 needle 2 pulse 1 sensation 3 paralysis 4 hospital 3
        ambulance 3 temperature 4 pressure 2 chest 1 autoimmune 4 hyperventilation 6 dehydration 4 thyroid 2 antidepressant 5
        statin 2 asthma 2 ion 2 lion 2 beautiful 3 biscuit 2 juice 1 fruit 1 build 1 guess 1 oxygen 3 hypochondria 5 weird 1
        science 2
        """;

    public static TheoryData<string, int> Known
    {
        get
        {
            var known = new TheoryData<string, int>();
            foreach (var pair in Words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Chunk(2))
                known.Add(pair[0], int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture));
            return known;
        }
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void A_word_has_the_syllables_that_a_dictionary_gives_it(string word, int syllables) =>
        Assert.Equal(syllables, SyllableCounter.Count(word));

    [Theory]
    [InlineData("Whole", 1)]
    [InlineData("doctor's", 2)]
    [InlineData("don’t", 1)]
    [InlineData("well-known", 2)]
    [InlineData("day-to-day", 3)]
    [InlineData("100,000", 1)]
    [InlineData("C5", 1)]
    [InlineData("GP", 1)]
    [InlineData("-", 0)]
    public void Capitals_apostrophes_hyphens_and_numbers_are_counted(string word, int syllables) =>
        Assert.Equal(syllables, SyllableCounter.Count(word));
}
