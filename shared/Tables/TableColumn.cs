using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace PelNas.Shared.Tables;

/// <summary>One value per architecture of a space, or none. A missing value is NaN and never a number that could win a comparison.</summary>
public sealed class TableColumn
{
    /// <summary>Takes values in index order.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="values">One value an architecture, NaN where there is none.</param>
    public TableColumn(string name, ImmutableArray<double> values)
    {
        Name = name;
        Values = values;
        foreach (double value in values.AsSpan())
        {
            PresentCount += double.IsNaN(value) ? 0 : 1;
        }
    }

    /// <summary>Name of the column.</summary>
    public string Name { get; }

    /// <summary>Values by architecture index; NaN where there is none.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>Number of architectures with a value.</summary>
    public int PresentCount { get; }

    /// <summary>Whether every architecture has a value.</summary>
    public bool IsComplete => PresentCount == Values.Length;

    /// <summary>Whether the architecture has a value.</summary>
    public bool HasValue(int index) => !double.IsNaN(Values[index]);

    /// <summary>Gets the architecture's value if it has one.</summary>
    public bool TryGet(int index, out double value)
    {
        value = Values[index];
        return !double.IsNaN(value);
    }

    internal static TableColumn Own(string name, double[] values) => new(name, ImmutableCollectionsMarshal.AsImmutableArray(values));
}
