namespace PelNas.Shared.Tests.Support;

/// <summary>Tells what is reported at once; <see cref="Progress{T}"/> does so on another thread, some time later.</summary>
internal sealed class Told<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
