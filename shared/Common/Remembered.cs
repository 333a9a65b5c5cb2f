namespace PelNas.Shared.Common;

/// <summary>
/// A value that is made when it is first needed, once for all threads. Unlike <see cref="Lazy{T}"/> it does not remember a failure:
/// a file that was damaged is read again when the value is next needed, so that restoring it is enough.
/// </summary>
internal sealed class Remembered<T>(Func<T> make)
    where T : class
{
    private readonly Lock _gate = new();
    private volatile T? _value;

    /// <summary>The value.</summary>
    public T Value
    {
        get
        {
            if (_value is { } made)
            {
                return made;
            }

            lock (_gate)
            {
                return _value ??= make();
            }
        }
    }
}
