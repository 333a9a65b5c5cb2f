namespace PelNas.Shared.Tests.Predictor;

public class FunctionProcessTests
{
    private static readonly KernelParameters Parameters = new(1, 4, 0.2, 0.3, 1.5, 0.1, 0.05, 0.02, 0.5, 6, Headroom: 7);
    private static readonly FunctionTable Table = FunctionTable.Create(
        StepHarness.Tables.Space, TrainingFreeScores.Of(StepHarness.Tables, DatasetShape.Of("cifar10")));

    private static readonly (int Function, double Accuracy)[] Labels =
        [.. Enumerable.Range(0, 30).Select(i => (i * 211 % 5000, 80 + (10 * Math.Sin(i))))];

    [Fact]
    public void Mean_and_deviation_are_those_of_the_textbook_formulas()
    {
        FunctionProcess process = FunctionProcess.Fit(Table, Labels, new Fixed());

        foreach (int function in new[] { 0, 17, 211, 4999 })
        {
            (double mean, double covariance) = Textbook(function, function);
            process.Means[function].ShouldBe(mean, 1e-9);
            process.Deviations[function].ShouldBe(Math.Sqrt(covariance), 1e-7);
        }
    }

    [Fact]
    public void Samples_have_the_posteriors_means_and_covariances()
    {
        FunctionProcess process = FunctionProcess.Fit(Table, Labels, new Fixed());
        int[] functions = [3, 4, 4001];

        double[][] samples = process.Sample(functions, 20_000, new Random(1));

        for (int i = 0; i < functions.Length; i++)
        {
            samples.Select(sample => sample[i]).Mean().ShouldBe(Textbook(functions[i], functions[i]).Mean, 0.02);
            for (int j = 0; j < functions.Length; j++)
            {
                samples.Select(sample => sample[i]).Covariance(samples.Select(sample => sample[j]))
                    .ShouldBe(Textbook(functions[i], functions[j]).Covariance, 0.02);
            }
        }
    }

    [Fact]
    public void A_label_left_out_is_predicted_as_by_a_process_without_it()
    {
        FunctionProcess process = FunctionProcess.Fit(Table, Labels, new Fixed());

        foreach (int left in new[] { 0, 7, 29 })
        {
            FunctionProcess others = FunctionProcess.Fit(Table, [.. Labels.Where((_, label) => label != left)], new Fixed());
            process.LeaveOneOut()[left].ShouldBe(others.Means[Labels[left].Function], 1e-8);
        }
    }

    [Fact]
    public void A_covariance_does_not_depend_on_the_order_of_the_two() => Prior(12, 3456).ShouldBe(Prior(3456, 12));

    [Fact]
    public void More_labels_give_the_process_of_all()
    {
        FunctionProcess whole = FunctionProcess.Fit(Table, Labels, new Fixed());

        FunctionProcess extended = FunctionProcess.Fit(Table, Labels[..10], new Fixed()).With(Labels[10..11]).With(Labels[11..]);

        extended.Scale.Ceiling.ShouldBe(whole.Scale.Ceiling);
        extended.Means.ShouldBe(whole.Means, 1e-12);
        extended.Deviations.ShouldBe(whole.Deviations, 1e-12);
        extended.LeaveOneOut().ShouldBe(whole.LeaveOneOut(), 1e-12);
    }

    [Fact]
    public void More_functions_after_the_same_leave_what_is_known_of_these()
    {
        ISearchSpace space = StepHarness.Tables.GetSpace("transnas").Space;
        FunctionTable whole = FunctionTable.Create(space, []);
        int[] rows = [.. Enumerable.Range(0, whole.Count)];
        double[][] scores = Array.ConvertAll(rows, row => new double[] { whole.Paths[row][0] });
        FunctionTable few = whole.Limit(rows[..600], scores[..600], [.. rows[..600].Select(_ => true)]);
        FunctionTable more = whole.Limit(rows, scores, [.. rows.Select(row => row < 600)]);
        (int Function, double Accuracy)[] labels = [.. Labels.Select((label, place) => (place * 19, label.Accuracy))];
        FunctionProcess expected = FunctionProcess.Fit(more, labels, new Fixed());

        FunctionProcess extended = FunctionProcess.Fit(few, labels[..20], new Fixed()).On(more).With(labels[20..]).On(more);

        extended.Means.ShouldBe(expected.Means, 1e-12);
        extended.Deviations.ShouldBe(expected.Deviations, 1e-12);
        extended.Sample([3, 599, 600, 2000], 2, new Random(1))[1].ShouldBe(expected.Sample([3, 599, 600, 2000], 2, new Random(1))[1], 1e-9);
    }

    [Fact]
    public void The_likelihood_is_that_of_the_accuracies_whatever_the_scale()
    {
        // A scale so far above all labels that it is a straight line: the likelihood is that of the accuracies, times a slope that does not
        // matter.
        Recorded recorded = new(Parameters with { Headroom = 1e6 }, Parameters with { Headroom = 2e6 }, Parameters with { Headroom = 7 });

        FunctionProcess.Fit(Table, Labels, recorded);

        recorded.LogLikelihoods[0].ShouldBe(recorded.LogLikelihoods[1], 1e-3);
        Math.Abs(recorded.LogLikelihoods[2] - recorded.LogLikelihoods[0]).ShouldBeGreaterThan(0.01);
    }

    [Fact]
    public void One_label_is_too_few()
        => Should.Throw<ArgumentOutOfRangeException>(() => FunctionProcess.Fit(Table, Labels[..1], new Fixed()));

    /// <summary>
    /// Posterior mean of the first and covariance of both: Rasmussen and Williams 2006, eq. 2.25 and 2.26, by plain matrix inversion;
    /// constant mean by generalised least squares.
    /// </summary>
    private static (double Mean, double Covariance) Textbook(int first, int second)
    {
        int n = Labels.Length;
        Matrix<double> inverse = (Matrix<double>.Build.Dense(n, n, (i, j) => Prior(Labels[i].Function, Labels[j].Function))
            + (Matrix<double>.Build.DenseIdentity(n) * (Parameters.NoiseVariance + 1e-8))).Inverse();
        Vector<double> y = Vector<double>.Build.Dense(n, i => -Math.Log(Labels.Max(label => label.Accuracy) + 7 - Labels[i].Accuracy));
        Vector<double> ones = Vector<double>.Build.Dense(n, 1);
        double mean = ones * inverse * y / (ones * inverse * ones);
        double variance = (y - mean) * inverse * (y - mean) / n;
        Vector<double> a = Vector<double>.Build.Dense(n, i => Prior(first, Labels[i].Function));
        Vector<double> b = Vector<double>.Build.Dense(n, i => Prior(second, Labels[i].Function));
        return (mean + (a * inverse * (y - mean)), variance * (Prior(first, second) - (a * inverse * b)));
    }

    private static double Prior(int first, int second)
        => FunctionKernel.Covariance(FunctionKernel.Compare(Table, first, second), Parameters);

    private sealed class Fixed : IKernelChoice
    {
        public KernelParameters Choose(Func<KernelParameters, double> logLikelihood) => Parameters;
    }

    private sealed class Recorded(params KernelParameters[] candidates) : IKernelChoice
    {
        public double[] LogLikelihoods { get; private set; } = [];

        public KernelParameters Choose(Func<KernelParameters, double> logLikelihood)
        {
            LogLikelihoods = [.. candidates.Select(logLikelihood)];
            return candidates[^1];
        }
    }
}
