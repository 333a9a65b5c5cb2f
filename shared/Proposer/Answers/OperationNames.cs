using PelNas.Shared.SearchSpaces;


namespace PelNas.Shared.Proposer.Answers;

/// <summary>Recognises a space's operations in other spellings: any case, other separators, and a few names that the literature uses for the same.</summary>
internal sealed class OperationNames
{
    private static readonly (string Other, string Name)[] Synonyms =
    [
        ("conv3x3", "nor_conv_3x3"), ("conv1x1", "nor_conv_1x1"), ("skip", "skip_connect"), ("identity", "skip_connect"),
        ("zero", "none"), ("zeroize", "none"), ("avgpool", "avg_pool_3x3"), ("avgpool3x3", "avg_pool_3x3"),
    ];

    private readonly Dictionary<string, byte> _numbers = [];

    public OperationNames(ISearchSpace space)
    {
        for (byte number = 0; number < space.Operations.Count; number++)
        {
            _numbers[Bare(space.Operations[number])] = number;
        }

        foreach ((string other, string name) in Synonyms)
        {
            if (_numbers.TryGetValue(Bare(name), out byte number))
            {
                _numbers.TryAdd(other, number);
            }
        }
    }

    /// <summary>The number of an operation, or null when none is meant.</summary>
    public byte? Find(string name) => _numbers.TryGetValue(Bare(name), out byte number) ? number : null;

    private static string Bare(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
