namespace PelNas.Shared.Predictor;

/// <summary>What the proposer says of the cells that a label may be paid for, beside the accuracies that it expects.</summary>
/// <param name="isVetoed">Which cells it would not spend a label on.</param>
/// <param name="order">Cells that it proposed, those it would pay for first at the front.</param>
internal sealed class ProposerCounsel(Func<int, bool> isVetoed, IEnumerable<int> order)
{
    /// <summary>Probability of being on the front at which the predictor strongly disagrees with a veto.</summary>
    public const double StrongShare = 0.5;

    private readonly Dictionary<int, int> _places = order.Distinct().Index().ToDictionary(cell => cell.Item, cell => cell.Index);

    /// <summary>A proposer that says nothing.</summary>
    public static ProposerCounsel None { get; } = new(_ => false, []);

    /// <summary>Whether it would not spend a label on a cell.</summary>
    public bool IsVetoed(int index) => isVetoed(index);

    /// <summary>A cell's place in its order; those it did not propose come last.</summary>
    public int PlaceOf(int index) => _places.GetValueOrDefault(index, int.MaxValue);
}
