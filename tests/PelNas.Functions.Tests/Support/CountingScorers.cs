using PelNas.Shared.Torch;
using PelNas.Shared.Torch.Proxies;

namespace PelNas.Functions.Tests.Support;

/// <summary>The real proxies, and how often each architecture was scored. It can be out of order, and keep its caller waiting.</summary>
internal sealed class CountingScorers : IProxyScorers
{
    private readonly TorchProxyScorers _inner = new();
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _live;

    /// <summary>By genotype.</summary>
    public ConcurrentDictionary<string, int> Scored { get; } = new();

    /// <summary>Most scorers that were open at the same time.</summary>
    public int MostOpen { get; private set; }

    /// <summary>Why nothing can be scored; null when it can.</summary>
    public string? Reason { get; init; }

    /// <summary>The score, by number from 1, that waits for <see cref="Gate"/>.</summary>
    public int? WaitsAt { get; init; }

    /// <summary>What it waits for.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    /// <summary>Ends when a score waits.</summary>
    public Task Waiting => _waiting.Task;

    public string? WhyNot() => Reason;

    public IProxyScorer Open(ProxySettings settings, IReadOnlyList<string> proxies) => new Scorer(this, _inner.Open(settings, proxies));

    private sealed class Scorer : IProxyScorer
    {
        private readonly CountingScorers _owner;
        private readonly IProxyScorer _inner;

        public Scorer(CountingScorers owner, IProxyScorer inner)
        {
            (_owner, _inner) = (owner, inner);
            owner.MostOpen = Math.Max(owner.MostOpen, Interlocked.Increment(ref owner._live));
        }

        public IReadOnlyList<ProxyScore> Score(ReadOnlySpan<byte> genotype)
        {
            _owner.Scored.AddOrUpdate(Convert.ToHexString(genotype), 1, (_, times) => times + 1);
            IReadOnlyList<ProxyScore> scores = _inner.Score(genotype);
            if (_owner.Scored.Count == _owner.WaitsAt)
            {
                _owner._waiting.TrySetResult();
                _owner.Gate.Wait(TimeSpan.FromMinutes(10)).ShouldBeTrue();
            }

            return scores;
        }

        public void Dispose()
        {
            Interlocked.Decrement(ref _owner._live);
            _inner.Dispose();
        }
    }
}
