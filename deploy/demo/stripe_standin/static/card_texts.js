/* What the card fields say, in Thai and English. */
'use strict';

window.standinTexts = {
  th: {
    note: 'ร้านทดลอง ไม่มีการตัดเงินจริง โปรดใช้บัตรทดสอบเท่านั้น',
    number: 'หมายเลขบัตร',
    expiry: 'วันหมดอายุ (ดด/ปป)',
    cvc: 'รหัสหลังบัตร (CVC)',
    incomplete_number: 'หมายเลขบัตรยังไม่ครบ',
    invalid_number: 'หมายเลขบัตรไม่ถูกต้อง',
    incomplete_expiry: 'วันหมดอายุยังไม่ครบ',
    invalid_expiry_month: 'เดือนที่หมดอายุไม่ถูกต้อง',
    invalid_expiry_year_past: 'บัตรนี้หมดอายุแล้ว',
    incomplete_cvc: 'รหัสหลังบัตรยังไม่ครบ',
    card_declined: 'บัตรของท่านถูกปฏิเสธ',
    insufficient_funds: 'วงเงินในบัตรของท่านไม่เพียงพอ',
    test_mode_live_card: 'ใช้บัตรนี้ไม่ได้ ร้านทดลองรับเฉพาะบัตรทดสอบ',
    expired_card: 'บัตรของท่านหมดอายุแล้ว',
    incorrect_cvc: 'รหัสหลังบัตรไม่ถูกต้อง',
    incorrect_number: 'หมายเลขบัตรไม่ถูกต้อง',
    processing_error: 'เกิดข้อผิดพลาดระหว่างดำเนินการกับบัตร โปรดลองอีกครั้งในอีกสักครู่',
    api_connection_error: 'ติดต่อระบบชำระเงินไม่ได้ โปรดลองอีกครั้ง'
  },
  en: {
    note: 'Trial shop: no money moves. Please use test cards only.',
    number: 'Card number',
    expiry: 'Expiry (MM/YY)',
    cvc: 'Security code (CVC)',
    incomplete_number: 'Your card number is incomplete.',
    invalid_number: 'Your card number is invalid.',
    incomplete_expiry: 'Your card\'s expiry date is incomplete.',
    invalid_expiry_month: 'Your card\'s expiry month is invalid.',
    invalid_expiry_year_past: 'Your card\'s expiry year is in the past.',
    incomplete_cvc: 'Your card\'s security code is incomplete.',
    test_mode_live_card: 'Your card was declined. The trial shop takes test cards only.'
  }
};
