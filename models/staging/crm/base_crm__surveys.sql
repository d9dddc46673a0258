{{ crm_warehouse.judged('crm', 'surveys') }}
