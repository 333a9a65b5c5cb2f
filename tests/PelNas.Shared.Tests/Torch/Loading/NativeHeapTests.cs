using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PelNas.Shared.Tests.Torch.Loading;

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

        // Some fit into what tests beside this one have freed of the heap, and lie there whatever their size; that holds no more than a
        // few.
        torch.Tensor[] tensors = [.. Enumerable.Range(0, 200).Select(_ => torch.empty(bytes, torch.ScalarType.Byte))];
        NativeHeap.Trim();
        tensors.Any(LiesApart).ShouldBe(apart);
        foreach (torch.Tensor tensor in tensors)
        {
            tensor.Dispose();
        }
    }

    private static bool LiesApart(torch.Tensor tensor)
        => (Unsafe.ReadUnaligned<long>(ref Unsafe.Subtract(ref MemoryMarshal.GetReference(tensor.bytes), sizeof(long))) & 2) != 0;
}
