using PelNas.Shared.Tables;

namespace PelNas.Shared.Predictor;

/// <summary>Where true accuracies come from. Each answer is a label: the scarce resource that every search counts.</summary>
public interface IAccuracyOracle
{
    /// <summary>True accuracies of architectures, percent.</summary>
    /// <param name="context">Data set and device.</param>
    /// <param name="labelsFrom">Which accuracies: one of <see cref="LabelSources"/>.</param>
    /// <param name="indices">n architectures; n labels are paid.</param>
    Task<IReadOnlyList<double>> LabelAsync(
        BenchmarkContext context, string labelsFrom, IReadOnlyList<int> indices, CancellationToken cancellationToken);
}

/// <summary>The benchmark's table of trained networks.</summary>
public sealed class TabularOracle : IAccuracyOracle
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<double>> LabelAsync(
        BenchmarkContext context, string labelsFrom, IReadOnlyList<int> indices, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<double>>([.. indices.Select(index => context.Labels(labelsFrom)[index])]);
}
