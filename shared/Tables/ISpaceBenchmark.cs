using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>
/// A space other than NAS-Bench-201 with what is known of its architectures: a closed one with its tables, or an open one.
/// </summary>
public interface ISpaceBenchmark
{
    /// <summary>Name of the space.</summary>
    string Name { get; }

    /// <summary>The space; of an open one without any architecture, for its decisions and notation.</summary>
    ISearchSpace Space { get; }

    /// <summary>Names of the decisions.</summary>
    IReadOnlyList<string> DecisionNames { get; }

    /// <summary>Number of architectures; of an open space that of combinations of choices.</summary>
    double Architectures { get; }

    /// <summary>Names of the data sets; none where the user brings the labels, of any data set.</summary>
    IReadOnlyList<string> Datasets { get; }

    /// <summary>Names of the devices.</summary>
    IReadOnlyList<string> Devices { get; }

    /// <summary>The context of a data set and a device.</summary>
    /// <param name="seed">Seed of the sample of an open space that a search begins with.</param>
    /// <exception cref="UnknownContextException">There is no such data set or device.</exception>
    BenchmarkContext GetContext(string dataset, string device, int seed);
}
