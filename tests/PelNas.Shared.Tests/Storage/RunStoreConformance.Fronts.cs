using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    [Fact]
    public async Task There_is_no_front_before_one_was_published()
    {
        (await Store.GetFrontAsync(RunId, null, Token)).ShouldBeNull();
        (await Store.GetFrontAsync(RunId, 0, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_front_is_read_as_it_was_published_in_its_order()
    {
        Front front = StoreSamples.Front(1, 120);
        front = front with { Points = [.. front.Points.Reverse()] };
        await Store.PublishFrontAsync(RunId, front, Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), front);
        ShouldBeSame(await Store.GetFrontAsync(RunId, 1, Token), front);
    }

    [Fact]
    public async Task A_front_without_points_is_a_front()
    {
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(0, 0), Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(0, 0));
    }

    [Fact]
    public async Task The_newest_version_is_in_force_and_the_old_ones_stay_readable()
    {
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(0, 5), Token);
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(1, 3), Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(1, 3));
        ShouldBeSame(await Store.GetFrontAsync(RunId, 0, Token), StoreSamples.Front(0, 5));
        (await Store.GetFrontAsync(RunId, 2, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Versions_are_listed_in_ascending_order()
    {
        (await Store.GetFrontVersionsAsync(RunId, Token)).ShouldBeEmpty();
        foreach (int version in (int[])[10, 0, 2, 2])
        {
            await Store.PublishFrontAsync(RunId, StoreSamples.Front(version, version), Token);
        }

        await Store.PublishFrontAsync(RunId + "-2", StoreSamples.Front(5, 1), Token);
        (await Store.GetFrontVersionsAsync(RunId, Token)).ShouldBe([0, 2, 10]);
    }

    [Fact]
    public async Task Publishing_a_version_twice_has_the_same_effect()
    {
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(4, 5), Token);
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(4, 5), Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(4, 5));
    }

    [Fact]
    public async Task Publishing_fewer_points_under_a_version_leaves_none_of_the_old_ones()
    {
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(4, 9), Token);
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(4, 2), Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(4, 2));
    }

    [Fact]
    public async Task A_late_publish_of_an_old_version_rewrites_it_and_the_newest_stays_in_force()
    {
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(1, 5), Token);
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(2, 6), Token);
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(1, 7), Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(2, 6));
        ShouldBeSame(await Store.GetFrontAsync(RunId, 1, Token), StoreSamples.Front(1, 7));
    }

    [Fact]
    public async Task Publishers_at_the_same_time_end_with_the_newest_in_force_and_every_version_whole()
    {
        IRunStore[] stores = [Store, Open()];
        await AtOnce(8, version => stores[version % 2].PublishFrontAsync(RunId, StoreSamples.Front(version, 5 + version), Token));
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(7, 12));
        for (int version = 0; version < 8; version++)
        {
            ShouldBeSame(await Store.GetFrontAsync(RunId, version, Token), StoreSamples.Front(version, 5 + version));
        }
    }

    [Fact]
    public async Task A_reader_during_publishing_sees_whole_fronts_that_never_grow_older()
    {
        const int Versions = 40;
        IRunStore reader = Open();
        await Store.PublishFrontAsync(RunId, PointsByVersion(0), Token);
        int reads = 0;
        bool published = false;
        await AtOnce(3, async role =>
        {
            if (role == 0)
            {
                for (int version = 1; version < Versions; version++)
                {
                    await Store.PublishFrontAsync(RunId, PointsByVersion(version), Token);
                }

                Volatile.Write(ref published, true);
                return;
            }

            int last = 0;
            bool final;
            do
            {
                final = Volatile.Read(ref published);
                Front? front = await reader.GetFrontAsync(RunId, null, Token);
                front.ShouldNotBeNull();
                front.Version.ShouldBeGreaterThanOrEqualTo(last);
                ShouldBeSame(front, PointsByVersion(front.Version));
                last = front.Version;
                Interlocked.Increment(ref reads);
            }
            while (!final);

            last.ShouldBe(Versions - 1);
        });
        reads.ShouldBeGreaterThanOrEqualTo(2);

        // Even versions are long and odd ones short, so that a mix of two shows in the count too.
        static Front PointsByVersion(int version) => StoreSamples.Front(version, version % 2 == 0 ? 60 : 7);
    }

    [Fact]
    public async Task A_front_with_a_number_that_is_not_finite_is_refused_and_the_old_one_stays()
    {
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(1, 2), Token);
        Front front = StoreSamples.Front(2, 2);
        front = front with { Points = [front.Points[0], front.Points[1] with { FlopsM = double.NaN }] };
        (await Should.ThrowAsync<ArgumentException>(() => Store.PublishFrontAsync(RunId, front, Token))).Message.ShouldContain("flopsM");
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(1, 2));
    }
}
