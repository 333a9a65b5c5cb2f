namespace PelNas.Shared.Tests.Proposer.Answers;

/// <summary>A good answer reads the same however a model writes it and whatever it writes around it.</summary>
public sealed class AnswerNoiseTests
{
    private static Arbitrary<int> Seed => Gen.Choose(0, int.MaxValue).ToArbitrary();

    public static TheoryData<string> Notations => [.. AnswerNoise.Notations.Keys];

    public static TheoryData<string> Surroundings => [.. AnswerNoise.Surroundings.Keys];

    [Theory]
    [MemberData(nameof(Notations))]
    public void In_any_notation(string notation) => Prop.ForAll(Seed, seed =>
    {
        (bool takesAnyText, Func<AnswerSample, string> write) = AnswerNoise.Notations[notation];
        foreach (AnswerSample sample in Samples(seed, takesAnyText))
        {
            Same(sample, write(sample));
        }
    }).ShouldHold();

    [Theory]
    [MemberData(nameof(Surroundings))]
    public void In_any_surroundings(string surroundings) => Prop.ForAll(Seed, seed =>
    {
        Random random = new(seed);
        foreach (AnswerSample sample in Samples(seed, nasty: false))
        {
            (_, Func<AnswerSample, string> write) = AnswerNoise.Notations.Values.ElementAt(random.Next(AnswerNoise.Notations.Count));
            string draft = write(Draft(sample, random));
            Same(sample, AnswerNoise.Surroundings[surroundings](draft, write(sample)));
        }
    }).ShouldHold();

    private static AnswerSample[] Samples(int seed, bool nasty)
    {
        Random random = new(seed);
        return [AnswerSample.Architectures(random, random.Next(1, 6), nasty), AnswerSample.Rules(random, random.Next(1, 6), nasty)];
    }

    private static AnswerSample Draft(AnswerSample sample, Random random) => sample.List == "rules"
        ? AnswerSample.Rules(random, sample.Items.Count + 2)
        : AnswerSample.Architectures(random, sample.Items.Count + 2);

    private static void Same(AnswerSample sample, string text)
        => (sample.Read(text) == sample.Expected).ShouldBeTrue($"{text}\n\nis read as\n{sample.Read(text)}");
}
