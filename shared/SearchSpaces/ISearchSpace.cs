namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// A finite search space whose architectures are numbered 0..<see cref="Size"/>-1 in the order its authors
/// published, so that an index is a key into every table about the space.
/// </summary>
/// <remarks>
/// An architecture is also a genotype: one choice (in a cell an operation) per decision (an edge). Everything that varies architectures
/// works on the genotype and so on any space that implements this interface. A closed space is the set of those genotypes that somebody has
/// measured. Of an open space, which nobody can go through, this is what one search has looked at: indices are the search's own, and the
/// published notation is what names an architecture.
/// </remarks>
public interface ISearchSpace
{
    /// <summary>The name used in requests and results, for example <c>nas-bench-201</c>.</summary>
    string Name { get; }

    /// <summary>Number of architectures.</summary>
    int Size { get; }

    /// <summary>Number of decisions of a genotype.</summary>
    int DecisionCount { get; }

    /// <summary>Names of the choices of all decisions, each once.</summary>
    IReadOnlyList<string> Operations { get; }

    /// <summary>Names of a decision's choices, two or more, in the order of their numbers.</summary>
    IReadOnlyList<string> ChoicesOf(int decision) => Operations;

    /// <summary>Whether every genotype is an architecture. Of a closed space not every one is.</summary>
    bool IsComplete => true;

    /// <summary>The open space that these architectures are looked at of; null for a space that is looked through as a whole.</summary>
    DecisionSpace? Open => null;

    /// <summary>The architectures that scales and partitions go by are those of lower index: all, but of an open space a sample.</summary>
    int SampleSize => Size;

    /// <summary>Whether a decision is an edge of the NAS-Bench-201 graph, so that what its paths are is known.</summary>
    bool IsOfCells => true;

    /// <summary>Names of the decisions in genotype order, for people and prompts, for example <c>0-&gt;1</c>.</summary>
    IReadOnlyList<string> DecisionNames { get; }

    /// <summary>Number of values that <see cref="WritePathFeatures"/> writes.</summary>
    int PathFeatureCount { get; }

    /// <summary>Number of values that <see cref="WriteOrderFeatures"/> writes.</summary>
    int OrderFeatureCount { get; }

    /// <summary>The genotype of an architecture: <see cref="DecisionCount"/> operation numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside 0..Size-1.</exception>
    ReadOnlySpan<byte> Genotype(int index);

    /// <summary>The index of a genotype, or -1 where no architecture of a closed space has it.</summary>
    /// <exception cref="ArgumentException">The length or an operation number is illegal.</exception>
    int IndexOf(ReadOnlySpan<byte> genotype);

    /// <summary>A genotype in the space's published notation.</summary>
    string Format(ReadOnlySpan<byte> genotype);

    /// <summary>
    /// Reads a genotype in the published notation, whether or not it is an architecture of a closed space. On failure
    /// <paramref name="error"/> says in one sentence what is wrong and where.
    /// </summary>
    /// <param name="text">The notation.</param>
    /// <param name="genotype">Receives <see cref="DecisionCount"/> choices.</param>
    bool TryRead(string? text, Span<byte> genotype, out string? error);

    /// <summary>
    /// The number of the function the architecture computes. Architectures with the same number give the same output with the same
    /// weights, so that training makes the same of them but for chance. Numbers run from 0 to <see cref="FunctionCount"/>-1.
    /// </summary>
    int FunctionId(int index);

    /// <summary>Number of distinct functions in the space.</summary>
    int FunctionCount { get; }

    /// <summary>Whether any path with no zero operation joins the cell's input and output.</summary>
    bool IsConnected(int index);

    /// <summary>
    /// Writes features that describe the live input-output paths. Architectures of one function get the same features.
    /// </summary>
    /// <param name="index">The architecture.</param>
    /// <param name="destination">At least <see cref="PathFeatureCount"/> values.</param>
    void WritePathFeatures(int index, Span<double> destination);

    /// <summary>
    /// Writes features of the order of operations along the live paths. Architectures of one function get the same features.
    /// </summary>
    /// <param name="index">The architecture.</param>
    /// <param name="destination">At least <see cref="OrderFeatureCount"/> values.</param>
    void WriteOrderFeatures(int index, Span<double> destination);

    /// <summary>Trainable parameters in millions, of the benchmark's network for <paramref name="classes"/> classes.</summary>
    double ParamsM(int index, int classes = 10);

    /// <summary>
    /// Multiply-accumulates in millions for one image of <paramref name="resolution"/> x <paramref name="resolution"/> pixels, counted as
    /// the space's authors do.
    /// </summary>
    double FlopsM(int index, int resolution = 32, int classes = 10);

    /// <summary>What partitions by complexity go by, in the unit of <see cref="ComplexityUnit"/>.</summary>
    double Complexity(int index) => FlopsM(index);

    /// <summary>What <see cref="Complexity"/> counts, for people and prompts.</summary>
    string ComplexityUnit => "million multiply-accumulates";
}
