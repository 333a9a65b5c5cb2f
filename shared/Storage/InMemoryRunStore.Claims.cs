namespace PelNas.Shared.Storage;

public sealed partial class InMemoryRunStore
{
    private protected override Task<string> ReplaceClaimCoreAsync(string key, string expected, string value, CancellationToken cancellationToken)
        => Read(
            () =>
            {
                if (!_claims.TryGetValue(key, out (string Value, DateTimeOffset WrittenAt) claim) || claim.Value == expected)
                {
                    _claims[key] = (value, _time.GetUtcNow());
                }

                return _claims[key].Value;
            },
            cancellationToken);

    private protected override Task<int> DeleteClaimsCoreAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
        => Read(
            () => _claims.Where(pair => pair.Value.WrittenAt < before).OrderBy(pair => pair.Value.WrittenAt).Take(most).Select(pair => pair.Key).ToArray().Count(_claims.Remove),
            cancellationToken);
}
