using PelNas.Shared.Partitioning;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer.Offline;

/// <summary>
/// Proposes children of the payload's parents: crossover or mutation by the asked share, operations drawn with odds that the
/// heuristics raise or lower, parents drawn towards the gaps of the front.
/// </summary>
internal sealed class OfflineArchitect
{
    private const int TriesPerProposal = 40;
    private const double Trust = 3;

    private readonly ISearchSpace _space;
    private readonly ArchitectPayload _payload;
    private readonly Random _random;
    private readonly (byte[] Genotype, double LatencyMs)[] _parents;
    private readonly double[,] _weights;
    private readonly Dictionary<(int Edge, int Operation), Heuristic> _rules = [];
    private readonly HashSet<int> _taken = [];

    // What a closed space lacks has no function; the nearest architecture that it has will stand for it.
    private readonly HashSet<string> _written = [];

    public OfflineArchitect(ISearchSpace space, ArchitectPayload payload, int seed)
    {
        _space = space;
        _payload = payload;
        _random = SeededRandom.For(seed, "offline-architect");
        _parents =
        [
            .. payload.Parents.Select(parent => (Parse(parent.Architecture), parent.LatencyMs)).Where(parent => parent.Item1.Length > 0),
        ];
        _weights = Weights();
        foreach (string tried in payload.Parents.Select(parent => parent.Architecture)
            .Concat(payload.Search.Front.Select(point => point.Architecture))
            .Concat(payload.Search.LastProposals.Select(proposal => proposal.Architecture)))
        {
            if (space.TryParse(tried, out int index, out _))
            {
                _taken.Add(space.FunctionId(index));
            }
            else
            {
                _written.Add(tried);
            }
        }
    }

    public ArchitectAnswer Answer()
    {
        List<Proposal> proposals = [];
        for (int attempt = 0; proposals.Count < _payload.Count && attempt < _payload.Count * TriesPerProposal; attempt++)
        {
            bool crossover = _parents.Length > 1 && _random.NextDouble() < _payload.CrossoverProbability;
            Proposal? proposal = _parents.Length == 0 ? Fresh() : crossover ? Crossover() : Mutation();
            if (proposal is not null)
            {
                proposals.Add(proposal);
            }
        }

        return new ArchitectAnswer(proposals);
    }

    private Proposal? Fresh()
    {
        byte[] child = new byte[_space.DecisionCount];
        for (int edge = 0; edge < child.Length; edge++)
        {
            child[edge] = DrawOperation(edge);
        }

        return Accept(child, "mutation", [], "No parent yet: operations drawn by the heuristics.");
    }

    private Proposal? Mutation()
    {
        byte[] parent = DrawParent();
        byte[] child = [.. parent];
        int edge = _random.Next(child.Length);
        child[edge] = DrawOperation(edge);
        if (_random.Next(2) == 0)
        {
            // A second change keeps counts that the partition's rule fixes: one convolution moves from edge to edge.
            int other = _random.Next(child.Length);
            child[other] = DrawOperation(other);
        }

        return Accept(child, "mutation", [parent], Rationale(parent, child));
    }

    private Proposal? Crossover()
    {
        byte[] first = DrawParent();
        byte[] second = DrawParent();
        byte[] child = new byte[first.Length];
        for (int edge = 0; edge < child.Length; edge++)
        {
            double weightFirst = _weights[edge, first[edge]];
            double weightSecond = _weights[edge, second[edge]];
            child[edge] = _random.NextDouble() * (weightFirst + weightSecond) < weightFirst ? first[edge] : second[edge];
        }

        if (_random.Next(2) == 0)
        {
            int edge = _random.Next(child.Length);
            child[edge] = DrawOperation(edge);
        }

        return Accept(child, "crossover", [first, second], Rationale(first, child));
    }

    private Proposal? Accept(byte[] child, string origin, byte[][] parents, string rationale)
    {
        foreach ((string operation, CountRange range) in _payload.Partition.Bounds.OperationCounts)
        {
            int count = child.Index().Count(choice => _space.ChoicesOf(choice.Index)[choice.Item] == operation);
            if (count < range.Min || count > range.Max)
            {
                return null;
            }
        }

        int index = _space.IndexOf(child);
        string text = _space.Format(child);
        return (index < 0 ? _written.Add(text) : _taken.Add(_space.FunctionId(index)))
            ? new Proposal(text, origin, [.. parents.Select(parent => _space.Format(parent))], rationale)
            : null;
    }

    private string Rationale(byte[] parent, byte[] child)
    {
        Heuristic? followed = Enumerable.Range(0, child.Length)
            .Where(edge => parent[edge] != child[edge])
            .SelectMany(edge => new[] { Rule(edge, child[edge], "positive"), Rule(edge, parent[edge], "negative") })
            .OfType<Heuristic>()
            .MaxBy(rule => rule.Confidence);
        return followed is null ? "Explores a change that no rule speaks of." : $"Follows: {followed.Text}";
    }

    private Heuristic? Rule(int edge, int operation, string kind)
        => _rules.TryGetValue((edge, operation), out Heuristic? rule) && rule.Kind == kind ? rule : null;

    /// <summary>A parent at random; half the time one of the two beside a gap of the front.</summary>
    private byte[] DrawParent()
    {
        if (_payload.Gaps.Count > 0 && _random.Next(2) == 0)
        {
            GapPayload gap = _payload.Gaps[_random.Next(_payload.Gaps.Count)];
            double middle = (gap.FromMs + gap.ToMs) / 2;
            (byte[] Genotype, double LatencyMs)[] nearest = [.. _parents.OrderBy(parent => Math.Abs(parent.LatencyMs - middle)).Take(2)];
            return nearest[_random.Next(nearest.Length)].Genotype;
        }

        return _parents[_random.Next(_parents.Length)].Genotype;
    }

    private byte DrawOperation(int edge)
    {
        double total = 0;
        int choices = _space.ChoicesOf(edge).Count;
        for (int operation = 0; operation < choices; operation++)
        {
            total += _weights[edge, operation];
        }

        double draw = _random.NextDouble() * total;
        for (byte operation = 0; operation < choices; operation++)
        {
            draw -= _weights[edge, operation];
            if (draw < 0)
            {
                return operation;
            }
        }

        return (byte)(choices - 1);
    }

    private double[,] Weights()
    {
        double[,] weights = new double[_space.DecisionCount, _space.Operations.Count];
        for (int edge = 0; edge < _space.DecisionCount; edge++)
        {
            for (int operation = 0; operation < _space.Operations.Count; operation++)
            {
                weights[edge, operation] = 1;
            }
        }

        foreach (Heuristic rule in _payload.Heuristics)
        {
            double factor = Math.Exp((rule.Kind == "positive" ? Trust : -Trust) * Math.Clamp(rule.Confidence, 0, 1));
            for (int edge = 0; edge < _space.DecisionCount; edge++)
            {
                for (int operation = 0; operation < _space.ChoicesOf(edge).Count; operation++)
                {
                    bool edgeMatches = rule.Edge is null || rule.Edge == _space.DecisionNames[edge];
                    if (edgeMatches && rule.Operation == _space.ChoicesOf(edge)[operation])
                    {
                        weights[edge, operation] *= factor;
                        _rules.TryAdd((edge, operation), rule);
                    }
                }
            }
        }

        return weights;
    }

    private byte[] Parse(string architecture)
    {
        byte[] genotype = new byte[_space.DecisionCount];
        return _space.TryRead(architecture, genotype, out _) ? genotype : [];
    }
}
