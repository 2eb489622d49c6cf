using System.Diagnostics;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Tests.Comments.TextCleaning;

public sealed class PersonalDataDetectorTests
{
    [Theory]
    [InlineData("Ring me on 07700 900123 please", "07700 900123")]
    [InlineData("07700900123", "07700900123")]
    [InlineData("+44 7700 900123", "+44 7700 900123")]
    [InlineData("+44 (0)20 7946 0958", "+44 (0)20 7946 0958")]
    [InlineData("(020) 7946 0958", "(020) 7946 0958")]
    [InlineData("01632 960983, evenings", "01632 960983")]
    [InlineData("0044 20 7946 0958", "0044 20 7946 0958")]
    [InlineData("Tel: 020-7946-0958", "020-7946-0958")]
    [InlineData("(212) 555-0143", "(212) 555-0143")]
    [InlineData("212-555-0143", "212-555-0143")]
    [InlineData("212.555.0143", "212.555.0143")]
    [InlineData("1-212-555-0143", "1-212-555-0143")]
    [InlineData("+1 212 555 0143.", "+1 212 555 0143")]
    [InlineData("+12125550143", "+12125550143")]
    [InlineData("01 23 45 67 89", "01 23 45 67 89")]
    [InlineData("01.23.45.67.89", "01.23.45.67.89")]
    [InlineData("+33 1 23 45 67 89", "+33 1 23 45 67 89")]
    [InlineData("030 901820123", "030 901820123")]
    [InlineData("0171/2345678", "0171/2345678")]
    [InlineData("+49 (0) 30 901820", "+49 (0) 30 901820")]
    [InlineData("+34 612 345 678", "+34 612 345 678")]
    [InlineData("llama al teléfono 612 345 678", "612 345 678")]
    [InlineData("+91 98765 43210", "+91 98765 43210")]
    [InlineData("+61 4 1234 5678", "+61 4 1234 5678")]
    [InlineData("+353 85 012 3456", "+353 85 012 3456")]
    [InlineData("call me 555-0123", "555-0123")]
    [InlineData("my mobile number is 98765432", "98765432")]
    [InlineData("WhatsApp 447700900123", "447700900123")]
    [InlineData("تلفن من ۰۹۱۲۳۴۵۶۷۸۹ است", "۰۹۱۲۳۴۵۶۷۸۹")]
    [InlineData("ring ０７７００ ９００１２３", "０７７００ ９００１２３")]
    [InlineData("मेरा नंबर ०९८७६५४३२१० है", "०९८७६५४३२१०")]
    [InlineData("＋４４ ７７００ ９００１２３", "＋４４ ７７００ ９００１２３")]
    [InlineData("so 𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑 then", "𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑")]
    [InlineData("0\uFE0F\u20E37\uFE0F\u20E37\uFE0F\u20E300 900123", "0\uFE0F\u20E37\uFE0F\u20E37\uFE0F\u20E300 900123")]
    [InlineData("07700\u200E900123", "07700\u200E900123")]
    [InlineData("0 7 7 0 0 9 0 0 1 2 3", "0 7 7 0 0 9 0 0 1 2 3")]
    [InlineData("it is 0 2 0 7 9 4 6 0 9 5 8 at night", "0 2 0 7 9 4 6 0 9 5 8")]
    [InlineData("+4 4 7 7 0 0 9 0 0 1 2 3", "+4 4 7 7 0 0 9 0 0 1 2 3")]
    [InlineData("ring 5 5 5 0 1 2 3", "5 5 5 0 1 2 3")]
    public void A_phone_number_is_found(string text, string part) => AssertFinds(PersonalDataKind.Phone, text, part);

    [Theory]
    [InlineData("ada@example.org", "ada@example.org")]
    [InlineData("Write to ada.lovelace+arm@mail.example.co.uk.", "ada.lovelace+arm@mail.example.co.uk")]
    [InlineData("ADA@EXAMPLE.ORG", "ADA@EXAMPLE.ORG")]
    [InlineData("<ada@example.org>", "ada@example.org")]
    [InlineData("mailto:ada@example.org", "ada@example.org")]
    [InlineData("jürgen@müller.example", "jürgen@müller.example")]
    [InlineData("o'brien@example.ie", "o'brien@example.ie")]
    [InlineData("my mail: name at example dot com", "name at example dot com")]
    [InlineData("name AT example DOT co DOT uk", "name AT example DOT co DOT uk")]
    [InlineData("ada (at) example.org", "ada (at) example.org")]
    [InlineData("ada[at]example[dot]org", "ada[at]example[dot]org")]
    [InlineData("ada {at} example {dot} org", "ada {at} example {dot} org")]
    [InlineData("ada @ example . org", "ada @ example . org")]
    [InlineData("ada (@) example (.) org", "ada (@) example (.) org")]
    [InlineData("ada.twitch at gmail", "ada.twitch at gmail")]
    [InlineData("ada77 at hotmail.com", "ada77 at hotmail.com")]
    [InlineData("ada arroba ejemplo punto es", "ada arroba ejemplo punto es")]
    [InlineData("ada at beispiel punkt de", "ada at beispiel punkt de")]
    [InlineData("ada arobase exemple point fr", "ada arobase exemple point fr")]
    [InlineData("mail jo＠example.org now", "jo＠example.org")]
    [InlineData("ｊｏ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ｊｏ＠ｅｘａｍｐｌｅ．ｏｒｇ")]
    [InlineData("jo﹫example.org", "jo﹫example.org")]
    public void An_email_address_is_found(string text, string part) => AssertFinds(PersonalDataKind.Email, text, part);

    [Theory]
    [InlineData("I live at 12 Acacia Avenue", "12 Acacia Avenue")]
    [InlineData("221B Baker Street", "221B Baker Street")]
    [InlineData("7 St. John's Road", "7 St. John's Road")]
    [InlineData("10, Downing St", "10, Downing St")]
    [InlineData("1600 Pennsylvania Ave", "1600 Pennsylvania Ave")]
    [InlineData("i live at 12 acacia avenue", "12 acacia avenue")]
    [InlineData("my address is 4 high street", "4 high street")]
    [InlineData("near SW1A 1AA", "SW1A 1AA")]
    [InlineData("M1 1AE", "M1 1AE")]
    [InlineData("EH99 1SP", "EH99 1SP")]
    [InlineData("CR26XH", "CR26XH")]
    [InlineData("Hauptstraße 12", "Hauptstraße 12")]
    [InlineData("Lindenstr. 5a in Köln", "Lindenstr. 5a")]
    [InlineData("12 rue de la Paix", "12 rue de la Paix")]
    [InlineData("8 bis, boulevard d'Italie", "8 bis, boulevard d'Italie")]
    [InlineData("Calle Mayor, 15", "Calle Mayor, 15")]
    [InlineData("P.O. Box 1234", "P.O. Box 1234")]
    [InlineData("New York, NY 10001", "NY 10001")]
    [InlineData("I live at १२ Acacia Avenue", "१२ Acacia Avenue")]
    public void A_street_address_is_found(string text, string part) => AssertFinds(PersonalDataKind.StreetAddress, text, part);

    [Theory]
    [InlineData("943 476 5919", "943 476 5919")]
    [InlineData("9434765919", "9434765919")]
    [InlineData("My NHS number is 943-476-5919", "943-476-5919")]
    [InlineData("NHS no. 401 023 2137", "401 023 2137")]
    [InlineData("number 987 654 4322 it is", "987 654 4322")]
    public void A_health_service_number_is_found(string text, string part) => AssertFinds(PersonalDataKind.HealthNumber, text, part);

    [Theory]
    [InlineData("I was born on 12 March 1980", "12 March 1980")]
    [InlineData("born 12/03/1980", "12/03/1980")]
    [InlineData("DOB: 12.03.80", "12.03.80")]
    [InlineData("d.o.b. 1980-03-12", "1980-03-12")]
    [InlineData("Date of birth 12th of March 1980", "12th of March 1980")]
    [InlineData("my birthday is March 12, 1980", "March 12, 1980")]
    [InlineData("born in London on 3 Sept 1975", "3 Sept 1975")]
    [InlineData("12/03/1980 is my birthday", "12/03/1980")]
    [InlineData("12.03.1980 (DOB)", "12.03.1980")]
    [InlineData("geboren am 12. März 1980", "12. März 1980")]
    [InlineData("née le 12 mars 1980", "12 mars 1980")]
    [InlineData("nacida el 12 de marzo de 1980", "12 de marzo de 1980")]
    public void A_birth_date_is_found(string text, string part) => AssertFinds(PersonalDataKind.BirthDate, text, part);

    [Theory]
    [InlineData("twitching for 2024 days")]
    [InlineData("25-30 times a day")]
    [InlineData("since 12 March 2024")]
    [InlineData("since 12/03/2024 and again 01.02.2025")]
    [InlineData("from 2019-2024 it came and went")]
    [InlineData("2019 2020 2021 2022")]
    [InlineData("400 mg 3 times 10 days")]
    [InlineData("400 mg, 3 x 10")]
    [InlineData("1000 2000 3000 4000 steps")]
    [InlineData("0 1 2 3 4 5 6 7 8 9")]
    [InlineData("0-10-20-30-40 seconds")]
    [InlineData("0.123456789")]
    [InlineData("1,234,567 people")]
    [InlineData("blood pressure 120/80, 130/85, 125/82")]
    [InlineData("potassium 4.1, magnesium 0.85, calcium 2.35")]
    [InlineData("born in 1980")]
    [InlineData("my son was born in March 2020, since 12 March 2024 I twitch")]
    [InlineData("She was born. On 12 March 2024 it began")]
    [InlineData("a born worrier, it started 12 March 2024")]
    [InlineData("after the birth on 12 March")]
    [InlineData("I walk 30 minutes down the road")]
    [InlineData("10 times on the way to a street")]
    [InlineData("in 2024 Central Park Drive was closed")]
    [InlineData("3 Weeks In One Place")]
    [InlineData("2 steps from the Street")]
    [InlineData("vitamin B12 5MG")]
    [InlineData("the C5 and C6 roots, T1 2ND")]
    [InlineData("look at nhs.uk")]
    [InlineData("look at nhs dot uk")]
    [InlineData("I was at home at 10")]
    [InlineData("twitching at night, at rest, at work")]
    [InlineData("@ada thank you")]
    [InlineData("5 @ 3 a day")]
    [InlineData("it is 3 a.m. at times")]
    [InlineData("age 42, 180 cm, 75 kg")]
    [InlineData("10-12-15 repetitions")]
    [InlineData("12:30 to 14:45")]
    [InlineData("between 2024-03-12 10:15 and 11:00")]
    [InlineData("1234567890")]
    [InlineData("PMID 12345678")]
    [InlineData("doi 10.1002/ana.24001234")]
    [InlineData("call 111 or 999")]
    [InlineData("112 works in all of Europe")]
    [InlineData("I call it 3 out of 10")]
    [InlineData("sleep 7-8 hours, 5-6 days")]
    [InlineData("my left lane, the right way, a close call")]
    [InlineData("20 Hz, 50 ms, 0.5 mV")]
    [InlineData("EMG in 03/2024")]
    [InlineData("")]
    [InlineData("3 4 5 times")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12")]
    [InlineData("0 1 2 3 4 5 6 7 8 9 10")]
    [InlineData("twitches a day: 4 5 3 6 2 1 0 3 4 5 2")]
    [InlineData("۳ ۴ ۵ times, ۱۲ days")]
    public void What_people_write_about_an_arm_is_not(string text) => Assert.Empty(PersonalDataDetector.Find(text));

    [Fact]
    public void Several_are_told_in_the_order_of_the_text()
    {
        var found = PersonalDataDetector.Find("Ada, born 12/03/1980, 12 Acacia Avenue, 07700 900123 or ada@example.org");

        Assert.Equal(
            [PersonalDataKind.BirthDate, PersonalDataKind.StreetAddress, PersonalDataKind.Phone, PersonalDataKind.Email],
            found.Select(part => part.Kind));
        Assert.All(found, part => Assert.False(string.IsNullOrEmpty(part.Label)));
    }

    [Theory]
    [InlineData("a@")]
    [InlineData("1 ")]
    [InlineData("12-")]
    [InlineData("a at b dot ")]
    [InlineData("Born ")]
    [InlineData("1 A ")]
    [InlineData("calle a ")]
    public void A_long_hostile_text_takes_no_longer_than_a_long_one(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 16 * 1024 / part.Length));
        PersonalDataDetector.Find(part);
        var clock = Stopwatch.StartNew();

        PersonalDataDetector.Find(text);

        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
    }

    private static void AssertFinds(PersonalDataKind kind, string text, string part)
    {
        var found = Assert.Single(PersonalDataDetector.Find(text));
        Assert.Equal(
            (kind, part, text.IndexOf(part, StringComparison.Ordinal)),
            (found.Kind, text.Substring(found.Start, found.Length), found.Start));
    }
}
