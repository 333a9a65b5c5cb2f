namespace PelNas.Shared.Tests.Predictor;

public class PosteriorModeTests
{
    [Fact]
    public void Without_evidence_the_parameters_are_the_priors_medians()
    {
        KernelParameters parameters = new PosteriorMode(usePaths: true, useScores: true).Choose(_ => 0);

        parameters.PathLength.ShouldBe(5, 1e-9);
        parameters.PathVariance.ShouldBe(1, 1e-9);
        parameters.NoiseVariance.ShouldBe(0.01, 1e-9);
        parameters.Headroom.ShouldNotBeNull().ShouldBe(10, 1e-9);
    }

    [Fact]
    public void Strong_evidence_moves_a_parameter_to_where_the_likelihood_peaks()
        => new PosteriorMode(usePaths: true, useScores: true)
            .Choose(parameters => -1000 * Math.Pow(Math.Log(parameters.PathLength / 8), 2))
            .PathLength.ShouldBe(8, 0.5);

    [Fact]
    public void Weak_evidence_moves_it_less()
        => new PosteriorMode(usePaths: true, useScores: true)
            .Choose(parameters => -0.5 * Math.Pow(Math.Log(parameters.PathLength / 50), 2))
            .PathLength.ShouldBeInRange(5.5, 12);

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_is_left_out_has_no_variance(bool usePaths, bool useScores)
    {
        KernelParameters parameters = new PosteriorMode(usePaths, useScores).Choose(_ => 0);

        (parameters.PathVariance + parameters.PathSlope + parameters.OrderVariance > 0).ShouldBe(usePaths);
        (parameters.ScoreVariance + parameters.ScoreSlope > 0).ShouldBe(useScores);
    }
}
