namespace PelNas.Shared.Torch;

/// <summary>Frees what several tensors, or parts that hold some, take of native memory.</summary>
internal static class Disposal
{
    /// <summary>Frees all of them.</summary>
    public static void DisposeAll(this IEnumerable<IDisposable> parts)
    {
        foreach (IDisposable part in parts)
        {
            part.Dispose();
        }
    }
}
