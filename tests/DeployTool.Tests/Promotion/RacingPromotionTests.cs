namespace FaceEdge.Deploy.Tests.Promotion;

public sealed class RacingPromotionTests
{
    [Fact]
    public async Task Racing_promotions_all_land_or_exit_3_and_none_is_lost()
    {
        using var sites = await SitesRepository.CreateAsync();
        var promotions = await PromotionRace.RunAsync(sites, async (racer, image) =>
        {
            using var process = PromotionRace.Start(racer.Folder, image);
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            await output;
            return (Image: image, Status: process.ExitCode, Error: await error);
        });

        Assert.All(promotions, promotion => Assert.True(promotion.Status is 0 or 3, promotion.Error));
        var recorded = await PromotionRace.RecordedAsync(sites);
        Assert.Equal(promotions.Where(promotion => promotion.Status == 0).Select(promotion => promotion.Image).Order(), recorded.Order());
        await PromotionRace.AssertWholeAsync(sites);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{promotions.Count} promotions, {recorded.Count} landed, {promotions.Count(promotion => promotion.Status == 3)} exited 3");
    }
}
