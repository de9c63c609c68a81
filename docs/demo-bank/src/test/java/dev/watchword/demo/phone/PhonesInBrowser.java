package dev.watchword.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.stage.StageTime;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.ChromeVisitor;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.demo.visit.Inspector;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages of the phones, the hardware tokens and the transfers in Chromium, each inspected. */
class PhonesInBrowser {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Bank bank;
    private static ChromeVisitor chrome;

    @BeforeAll
    static void open() {
        bank = Bank.open();
        chrome = ChromeVisitor.start(bank.address(), Locale.JAPANESE, true, new Inspector());
    }

    @AfterAll
    static void close() {
        chrome.close();
        bank.close();
    }

    @Test
    void everyPageCanBeUsedWithoutAMouse() {
        Owner owner = new Owner(bank, "chrome");
        String userId = owner.issue();
        chrome.width(390);
        chrome.open("/phones");
        chrome.picture("phones");
        chrome.open("/phones/hanako/setup");
        chrome.press("送信");
        chrome.picture("phone-errors");
        chrome.open("/phones/hanako");
        chrome.fill("サービスID", Owner.SERVICE_ID);
        chrome.fill("ユーザID", userId);
        chrome.fill("利用開始パスワード", Owner.ACTIVATION_PASSWORD);
        chrome.check("上記の内容に同意する。");
        chrome.picture("phone-setup");
        chrome.press("送信");
        chrome.picture("phone-done");
        chrome.press("次へ");
        chrome.picture("phone-code");
        owner.activate(chrome.facts("パスワード").get(0));
        HttpVisitor phone = bank.visitor(Locale.JAPANESE);
        chrome.open("/login");
        chrome.fill("ログインID", "chrome");
        chrome.fill("ログインパスワード", "taro-demo-1");
        chrome.press("ログイン");
        chrome.fill("ワンタイムパスワード", Owner.code(phone, "hanako"));
        chrome.press("次へ");
        chrome.open("/bank/transfer");
        chrome.press("承認へ進む");
        chrome.picture("transfer-errors");
        chrome.fill("受取人の口座番号", "0123456");
        chrome.fill("受取人の名前", "弘前商店");
        chrome.fill("金額（円）", "50000");
        chrome.press("承認へ進む");
        chrome.picture("transfer-waiting");
        chrome.open("/stage/tamper");
        chrome.picture("tamper");
        chrome.open("/phones/hanako");
        chrome.picture("phone-request");
        chrome.press("承認する");
        chrome.picture("phone-approved");
        chrome.press("このトークンを削除する");
        chrome.picture("phone-removal");
        chrome.open("/bank/transfer");
        chrome.picture("transfers");
        chrome.width(1000);
        chrome.open("/hardware");
        chrome.picture("hardware");
        chrome.open("/hardware/101199980031");
        chrome.press("ボタンを押す");
        chrome.picture("hardware-token");
        chrome.open("/hardware/101199980028");
        chrome.picture("hardware-drifted");
        for (String path :
                new String[] {"/phones", "/phones/hanako", "/phones/taro/setup", "/hardware", "/stage/tamper"}) {
            chrome.open(path + "?lang=en");
        }
    }

    @Test
    void thePageShowsTheNextCodeWhenTheRingIsEmpty() {
        Owner.setUp(bank.visitor(Locale.JAPANESE), "jiro", new Owner(bank, "ring").issue());
        long second = bank.bean(Clock.class).instant().getEpochSecond() % 60;
        bank.bean(StageTime.class).move(Duration.ofSeconds((115 - second) % 60));
        chrome.open("/phones/jiro?lang=ja");
        String first = chrome.facts("パスワード").get(0);
        Object animated = Objects.requireNonNull(((JavascriptExecutor) chrome.driver())
                .executeScript("return getComputedStyle(document.querySelector('.ring .left')).strokeDashoffset"));
        assertThat(Double.parseDouble(animated.toString().replace("px", ""))).isGreaterThan(80);
        boolean next = new WebDriverWait(chrome.driver(), PATIENCE)
                .until(driver -> !chrome.facts("パスワード").get(0).equals(first));
        assertThat(next).isTrue();
    }
}
