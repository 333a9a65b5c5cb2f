using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PelNas.Shared.Scoring.ZeroCost.Torch.Loading;
using TorchSharp;

namespace PelNas.Shared.Tests.Scoring.ZeroCost.Torch.Loading;

public sealed class NativeHeapTests
{
    /// <summary>glibc marks such a block in the word before it, IS_MMAPPED in malloc.c.</summary>
    [Theory]
    [InlineData(4 << 20, true)]
    [InlineData(2 << 20, false)]
    public void Only_large_tensors_lie_in_pages_of_their_own(int bytes, bool apart)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "glibc's heap is Linux's.");
        LibTorch.EnsureLoaded();
        NativeHeap.KeepLargeTensorsApart();

        // Freeing a block with pages of its own has glibc put blocks of that size into the heap, unless the size has been set.
        torch.empty(8 << 20, torch.ScalarType.Byte).Dispose();
        using torch.Tensor tensor = torch.empty(bytes, torch.ScalarType.Byte);
        NativeHeap.Trim();
        long word = Unsafe.ReadUnaligned<long>(ref Unsafe.Subtract(ref MemoryMarshal.GetReference(tensor.bytes), sizeof(long)));
        ((word & 2) != 0).ShouldBe(apart);
    }
}
