namespace PelNas.Shared.Tables;

/// <summary>
/// Which accuracies of a table a search pays for as labels. Fronts are chosen by the labels and judged on test accuracy: whoever trains
/// networks chooses by validation accuracy, and a front chosen by test accuracy fits the noise of the test set.
/// </summary>
public static class LabelSources
{
    /// <summary>Validation accuracies: the default. The search never sees a test accuracy.</summary>
    public const string Validation = "validation";

    /// <summary>Test accuracies, to compare with results that others published.</summary>
    public const string Test = "test";

    /// <summary>The allowed names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Validation, Test];
}
