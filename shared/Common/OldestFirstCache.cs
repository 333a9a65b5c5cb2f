using System.Diagnostics.CodeAnalysis;

namespace PelNas.Shared.Common;

/// <summary>Values that are made once for all who ask at the same time. Past its capacity the one that was made first goes.</summary>
internal sealed class OldestFirstCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<TKey, Lazy<TValue>> _values = [];

    /// <summary>The value of a key. Where making it fails, the next one to ask has it made again.</summary>
    public TValue GetOrAdd(TKey key, Func<TValue> make)
    {
        Lazy<TValue> value = Find(key, make);
        try
        {
            return value.Value;
        }
        catch
        {
            // A Lazy keeps its exception.
            Forget(key, value);
            throw;
        }
    }

    /// <summary>The value of a key, where there is one.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        Lazy<TValue>? known;
        lock (_lock)
        {
            known = _values.GetValueOrDefault(key);
        }

        value = known is null ? default : known.Value;
        return known is not null;
    }

    private Lazy<TValue> Find(TKey key, Func<TValue> make)
    {
        lock (_lock)
        {
            if (_values.TryGetValue(key, out Lazy<TValue>? known))
            {
                return known;
            }

            if (_values.Count >= capacity)
            {
                _values.RemoveAt(0);
            }

            return _values[key] = new Lazy<TValue>(make);
        }
    }

    /// <summary>Unless another has taken its place.</summary>
    private void Forget(TKey key, Lazy<TValue> failed)
    {
        lock (_lock)
        {
            if (_values.TryGetValue(key, out Lazy<TValue>? known) && known == failed)
            {
                _values.Remove(key);
            }
        }
    }
}
