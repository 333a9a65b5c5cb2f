using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>epe_nas</c>: for each class c the sum e_c of log(|correlation| + k) over the correlations between the input gradients of its images,
/// k = 1e-5; the score is the sum of |e_c| or, with more than 100 classes, the mean over the classes of the differences between them, each
/// e_c divided by its number of images (Lopes et al., EPE-NAS, ICANN 2021, section 3). One batch; correlations in float64.
/// </summary>
internal sealed class EpeNasProxy : IZeroCostProxy
{
    private const double K = 1e-5;
    private const int ManyClasses = 100;

    public string Name => "epe_nas";

    public ProxyScore Score(ProxyRun run)
    {
        Tensor jacobian = run.Jacobian;
        using DisposeScope scope = NewDisposeScope();
        bool many = run.Settings.Shape.Classes > ManyClasses;
        List<double> classes = [];
        foreach (IGrouping<long, int> images in Enumerable.Range(0, run.Batch.Labels.Count).GroupBy(i => run.Batch.Labels[i]))
        {
            if (jacobian[tensor([.. images.Select(i => (long)i)])].RowCorrelations(out string? whyNone) is not { } correlations)
            {
                return ProxyScore.None(whyNone!);
            }

            classes.Add(correlations.abs().Plus(K).log().Total() / (many ? images.Count() : 1));
        }

        double score = many
            ? classes.Sum(a => classes.Sum(b => Math.Abs(a - b))) / classes.Count
            : classes.Sum(Math.Abs);
        return ProxyScore.Of(score, NoScore.Gradients);
    }
}
