using PelNas.Shared.Tables;


namespace PelNas.Shared.Predictor;

/// <summary>Where true accuracies come from. Each answer is a label: the scarce resource that every search counts.</summary>
public interface IAccuracyOracle
{
    /// <summary>True test accuracies of architectures, percent.</summary>
    /// <param name="context">Data set and device.</param>
    /// <param name="indices">n architectures; n labels are paid.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<double>> LabelAsync(BenchmarkContext context, IReadOnlyList<int> indices, CancellationToken cancellationToken);
}

/// <summary>The benchmark's table of trained networks.</summary>
public sealed class TabularOracle : IAccuracyOracle
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<double>> LabelAsync(BenchmarkContext context, IReadOnlyList<int> indices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult<IReadOnlyList<double>>([.. indices.Select(index => context.Accuracy[index])]);
    }
}
