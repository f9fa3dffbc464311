//! What coordinators say of the monthly question: it pauses once and goes on once, and asking at once leaves the pause alone.

use plsep_bot::store::NudgeControl;

use super::harness::{at, noon};

stories! {
    async fn a_seasons_question_pauses_once_and_goes_on_once(world) {
        let scene = world.scene().await;
        let mut tx = world.write().await;
        let season = scene.season.id;
        assert_eq!(tx.nudge_control(season).await.unwrap(), NudgeControl::default());
        assert!(!tx.resume_nudges(season).await.unwrap());
        assert!(tx.pause_nudges(season, noon()).await.unwrap());
        assert!(!tx.pause_nudges(season, at("2025-01-15T13:00:00Z")).await.unwrap(), "it pauses already");
        tx.ask_nudges_now(season, noon()).await.unwrap();
        let both = NudgeControl { paused_at: Some(noon()), ask_at: Some(noon()) };
        assert_eq!(tx.nudge_control(season).await.unwrap(), both);
        assert_eq!(tx.nudge_controls().await.unwrap()[&season], both);
        assert!(tx.resume_nudges(season).await.unwrap());
        assert!(!tx.resume_nudges(season).await.unwrap());
        assert!(tx.pause_nudges(season, noon()).await.unwrap());
    }
}
